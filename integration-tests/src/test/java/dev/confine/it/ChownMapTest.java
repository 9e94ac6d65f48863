package dev.confine.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** {@code confine chown-map}: the owners of a tree, there and back, also when somebody is killed on the way. */
@Containers
final class ChownMapTest {
    private static final String MAP = "0:700000:1000";

    /** A tree with all that depends on ids; and what it looks like, in a line a file. */
    private static final String MAKE = """
            import os, struct, sys
            top = sys.argv[1]
            def acl(user, group):
                e = [(1, 7, 0xffffffff), (2, 5, user), (4, 5, 0xffffffff), (8, 1, group), (16, 7, 0xffffffff), (32, 0, 0xffffffff)]
                return struct.pack('<I', 2) + b''.join(struct.pack('<HHI', *x) for x in e)
            os.mkdir(top + '/d')
            for n in range(int(sys.argv[2])):
                open(f'{top}/d/f{n}', 'w').close()
                os.chown(f'{top}/d/f{n}', n % 700, n % 600)
            open(top + '/setuid', 'w').close(); os.chmod(top + '/setuid', 0o6755)
            os.link(top + '/setuid', top + '/second')
            open(top + '/caps', 'w').close()
            os.setxattr(top + '/caps', 'security.capability', struct.pack('<IIIII', 0x02000001, 0x2000, 0, 0, 0))
            os.symlink('/etc/passwd', top + '/link'); os.lchown(top + '/link', 5, 7)
            open(top + '/stranger', 'w').close(); os.chown(top + '/stranger', 5000, 0)
            os.mkdir(top + '/listed', 0o750)
            for kind in 'access', 'default': os.setxattr(top + '/listed', 'system.posix_acl_' + kind, acl(33, 44))
            """;

    private static final String SHOW = """
            import os, sys
            def show(path):
                s = os.lstat(path)
                x = [] if os.path.islink(path) else [(a, os.getxattr(path, a).hex()) for a in sorted(os.listxattr(path))]
                print(path, s.st_uid, s.st_gid, oct(s.st_mode), x)
            show(sys.argv[1])
            for d, ds, fs in os.walk(sys.argv[1]):
                for n in sorted(ds + fs): show(os.path.join(d, n))
            """;

    private static Path tree(int files) {
        Host.require("root");
        Host.require("python");
        Path tree = Scratch.current().directory("tree", As.ROOT);
        Command.run("python3", "-c", MAKE, tree.toString(), Integer.toString(files))
                .success();
        return tree;
    }

    private static List<String> shown(Path tree) {
        return Command.run("python3", "-c", SHOW, tree.toString())
                .output()
                .lines()
                .sorted()
                .toList();
    }

    private static Result chownMap(String... words) {
        return Confine.as(As.ROOT)
                .run(Command.words(List.of("chown-map"), words).toArray(String[]::new));
    }

    private static Result shift(Path tree, String... words) {
        return chownMap(Command.words(
                        List.of("--uid-map", MAP),
                        Command.words(List.of(words), tree.toString()).toArray(String[]::new))
                .toArray(String[]::new));
    }

    @Test
    void everything_goesWithTheMap_andComesBack() {
        Path tree = tree(5);
        List<String> before = shown(tree);

        assertThat(shift(tree).output()).contains("--apply does it", "An idmapped mount would do instead");
        assertThat(shown(tree)).isEqualTo(before);
        JsonNode told = Config.parse(shift(tree, "--apply", "--json").output());

        assertThat(told.path("changed").asInt()).isEqualTo(12);
        assertThat(told.path("setid").asInt()).isEqualTo(1);
        assertThat(told.path("furtherNames").asInt()).isEqualTo(1);
        assertThat(told.path("unmapped").asInt()).isEqualTo(1);
        String after = String.join("\n", shown(tree));
        assertThat(after)
                .contains(tree + "/setuid 700000 700000 0o106755", tree + "/second 700000 700000 0o106755")
                .contains(tree + "/link 700005 700007", tree + "/stranger 5000 700000", tree + "/d/f4 700004 700004")
                .contains("0100000300200000000000000000000000000000" + "60ae0a00")
                .contains("0200050081ae0a00", "080001008cae0a00");
        assertThat(shownOfPasswd()).isEqualTo("0:0");

        chownMap("--undo", tree + ".chown-map").success();
        assertThat(shown(tree)).isEqualTo(before);
        assertThat(Files.exists(Path.of(tree + ".chown-map"))).isFalse();
    }

    private static String shownOfPasswd() {
        return Command.run("stat", "-c", "%u:%g", "/etc/passwd").output();
    }

    @Test
    void back_isTheOtherWay() {
        Path tree = tree(5);
        List<String> before = shown(tree);
        shift(tree, "--apply").success();
        shift(tree, "--back", "--apply").refusal("another shift");
        Path journal = Scratch.current().path("second");
        shift(tree, "--back", "--apply", "--journal", journal.toString()).success();
        assertThat(shown(tree)).isEqualTo(before);
    }

    @Test
    void killed_goesOnWhereItWas_andNothingIsShiftedTwice() {
        Path tree = tree(30_000);
        List<String> before = shown(tree);
        Path journal = Path.of(tree + ".chown-map");
        Command.Running running = Confine.as(As.ROOT).start("chown-map", "--uid-map", MAP, "--apply", tree.toString());
        Eventually.holds(
                "the journal grows",
                () -> Files.exists(journal) && journal.toFile().length() > 50_000);
        for (String child : Command.run("ps", "-o", "pid=", "--ppid", Long.toString(running.pid()))
                .out()
                .split("\n")) {
            Command.run("kill", "-KILL", child.strip()).success();
        }
        running.await();
        assertThat(Scratch.read(journal)).doesNotContain("done");
        // somebody was killed while writing a line
        append(journal, "12 34");

        shift(tree, "--apply").success();

        List<String> after = new ArrayList<>();
        for (String line : shown(tree)) {
            if (line.contains("/d/f")) {
                after.add(line.replaceAll(".*/d/f(\\d+) (\\d+) (\\d+) .*", "$1 $2 $3"));
            }
        }
        assertThat(after).hasSize(30_000).allMatch(ChownMapTest::isShiftedOnce);
        shift(tree, "--apply").refusal("done already", "--undo");
        chownMap("--undo", journal.toString()).success();
        assertThat(shown(tree)).isEqualTo(before);
    }

    private static boolean isShiftedOnce(String numbers) {
        String[] words = numbers.split(" ");
        long number = Long.parseLong(words[0]);
        return Long.parseLong(words[1]) == 700_000 + number % 700 && Long.parseLong(words[2]) == 700_000 + number % 600;
    }

    private static void append(Path file, String text) {
        Scratch.write(file, Scratch.read(file) + text);
    }

    @Test
    void mounts_areRefusedAndLeftAlone() {
        Path tree = tree(1);
        chownMap("--uid-map", MAP, "--apply", "/").refusal("the root of the host", "--mount-point");
        chownMap("--uid-map", MAP, "--apply", "/proc").refusal("a mount point");
        Path other = Scratch.current().directory("other", As.ROOT);
        Result inside = Command.run(
                "unshare",
                "-m",
                "sh",
                "-c",
                "mount --bind \"$1\" \"$2\" && \"$3\" chown-map --uid-map " + MAP + " --apply --json \"$4\"",
                "sh",
                other.toString(),
                tree + "/d",
                Scratch.distribution() + "/bin/confine",
                tree.toString());
        assertThat(Config.parse(inside.output()).path("mounts").asInt()).isEqualTo(1);
        assertThat(Command.run("stat", "-c", "%u", other.toString()).output()).isEqualTo("0");
    }

    @Test
    void ordinaryUser_isToldWhoMay_andMayInAUserNamespaceThatHasTheIds() {
        Path tree = Scratch.current().directory("own", As.USER);
        Path journal = Scratch.current().directory("j", As.USER).resolve("j");
        Confine user = Confine.as(As.USER);
        String map = As.USER.uid() + ":1:1";
        assertThat(user.run("chown-map", "--uid-map", map, tree.toString()).output())
                .contains(": 1 file, 1 would have", "as root, --apply does it");
        user.run("chown-map", "--uid-map", map, "--apply", tree.toString(), "--journal", journal.toString())
                .refusal("EPERM", "only root changes owners", "nothing was changed");
        assertThat(Files.exists(journal)).isFalse();
        user.run("chown-map", "--uid-map", map, "--apply", tree.toString(), "--journal", "/j")
                .refusal("write journal /j: EACCES: permission denied (say where with --journal)");
    }

    @Test
    void treeThatHasIdsOfTheHost_isToldOf() {
        Path tree = tree(1);
        assertThat(chownMap("--uid-map", "0:0:1", "--uid-map", "1:9:1", tree.toString())
                        .output())
                .doesNotContain("Look twice");
        assertThat(chownMap("--uid-map", "5:0:1", "--uid-map", "0:9:1", tree.toString())
                        .output())
                .contains("belongs to uid 0 of the host, which is 5 inside already", "and makes it 9.");
    }

    @Test
    void bundle_isToldFromItsRootFileSystem() {
        Host.require("root");
        Bundle bundle = Bundle.of(As.ROOT).write();
        assertThat(shift(bundle.directory()).output())
                .contains("is a bundle", bundle.rootfs().toString());
        assertThat(shift(bundle.rootfs()).output()).doesNotContain("is a bundle");
    }

    @Test
    void nothingToDo_leavesNoJournal() {
        Path tree = tree(1);
        assertThat(chownMap("--uid-map", "0:0:10000", "--apply", tree.toString())
                        .output())
                .contains("There was nothing to do.");
        assertThat(Files.exists(Path.of(tree + ".chown-map"))).isFalse();
    }

    /** Not of what starts Java, which a user does not see, but of confine itself. */
    @Test
    void ended_stops_andIsToldByTheNextLook() {
        Path tree = tree(30_000);
        Path journal = Path.of(tree + ".chown-map");
        Command.Running running = Confine.as(As.ROOT).start("chown-map", "--uid-map", MAP, "--apply", tree.toString());
        Eventually.holds(
                "the journal grows",
                () -> Files.exists(journal) && journal.toFile().length() > 50_000);
        running.signal("KILL");
        running.await();
        Eventually.holds("Java has stopped", () -> {
            long size = journal.toFile().length();
            Eventually.pause(500);
            return size == journal.toFile().length();
        });
        assertThat(Scratch.read(journal).contains("done")).isFalse();
        assertThat(shift(tree).output()).contains("--apply goes on, --undo " + journal + " takes it back");
        chownMap("--undo", journal.toString()).success();
    }

    @Test
    void wrongWords_areRefused() {
        Path tree = tree(1);
        chownMap(tree.toString()).refusal("by which map");
        chownMap("--uid-map", MAP).refusal("name the directory");
        chownMap("--uid-map", MAP, tree + "/nothing").refusal("no such directory");
        chownMap("--uid-map", MAP, tree + "/setuid").refusal("ENOTDIR");
        chownMap("--undo", tree + "/setuid").refusal("none of chown-map");
        shift(tree, "--apply", "--journal", tree + "/j").refusal("within the tree");
    }
}
