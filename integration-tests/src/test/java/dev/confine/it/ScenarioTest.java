package dev.confine.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * The scenario that every release reproduces: who a process is inside and outside, and what it may enter, from no user namespace to one that maps the owner
 * of a directory and one that does not. As root with either backend; what needs a user namespace also as an ordinary user.
 */
@Containers
final class ScenarioTest {
    private static final int MAPPED = 32_000;

    /** Who runs confine, with which backend. */
    private enum Way {
        ROOT_WITH_JNR(As.ROOT, "jnr"),
        ROOT_WITH_NEWUIDMAP(As.ROOT, "newuidmap"),
        USER_WITH_NEWUIDMAP(As.USER, "newuidmap");

        private final As as;
        private final String backend;

        Way(As as, String backend) {
            this.as = as;
            this.backend = backend;
        }

        /** The host id that owns {@code bindir}: an ordinary user can only give it to itself. */
        long owner() {
            return as == As.ROOT ? 1000 : as.uid();
        }

        /** A host id from which on an ordinary user, too, may map, without the owner of {@code bindir}. */
        long elsewhere() {
            return as == As.ROOT ? 2000 : as.firstSubordinate();
        }

        Confine confine() {
            as.require();
            if (this == ROOT_WITH_NEWUIDMAP) {
                Host.require("root-ranges");
            }
            return Confine.as(as).env("CONFINE_BACKEND", backend);
        }

        Bundle bundle() {
            confine();
            return Bundle.of(as);
        }

        /** Container root is the owner of {@code bindir}; an ordinary user has one such id, and beside it its range. */
        String[] ownerAsRoot() {
            return as == As.ROOT
                    ? new String[] {"0:1000:" + MAPPED}
                    : new String[] {"0:" + as.uid() + ":1", "1:" + as.firstSubordinate() + ":" + (MAPPED - 1)};
        }

        String[] another() {
            return new String[] {"0:" + elsewhere() + ":" + MAPPED};
        }
    }

    // ---- 1

    @ParameterizedTest
    @EnumSource(value = Way.class, names = "ROOT.*", mode = EnumSource.Mode.MATCH_ANY)
    void withoutUser_isRootInsideAndOutside(Way way) {
        Bundle bundle = way.bundle().withoutUserNamespace().remove("/process/user");
        assertThat(output(way, bundle.args("id"))).contains("uid=0(root) gid=0(root)");

        runDetached(way, bundle);
        assertThat(processes(bundle)).containsPattern("(?m)^1 +" + bundle.pid() + " +0 +root +sleep");
        bundle.deleteByForce().success();
    }

    // ---- 2

    @ParameterizedTest
    @EnumSource(value = Way.class, names = "ROOT.*", mode = EnumSource.Mode.MATCH_ANY)
    void userOfAThousand_isThatUserInsideAndOutside(Way way) {
        Bundle bundle = way.bundle().withoutUserNamespace().set("/process/user", "{uid: 1000, gid: 1000}");
        assertThat(output(way, bundle.args("id"))).contains("uid=1000(user) gid=1000(user)");

        runDetached(way, bundle);
        assertThat(processes(bundle))
                .containsPattern("(?m)^1 +" + bundle.pid() + " +1000 +" + Account.shown(1000) + " +sleep");
        bundle.deleteByForce().success();
    }

    // ---- 3

    @ParameterizedTest
    @EnumSource(Way.class)
    void userNamespace_isRootInsideAndAnOrdinaryUserOutside(Way way) {
        Bundle bundle = way.bundle().userNamespace(way.ownerAsRoot());
        assertThat(output(way, bundle.args("id"))).contains("uid=0(root) gid=0(root)");

        runDetached(way, bundle);
        long pid = bundle.pid();
        assertThat(processes(bundle))
                .containsPattern("(?m)^1 +" + pid + " +0 +" + Account.shown(way.owner()) + " +sleep");
        assertThat(map(pid, "uid_map")).isEqualTo(lines(way.ownerAsRoot()));
        assertThat(map(pid, "gid_map")).isEqualTo(lines(way.ownerAsRoot()));
        assertThat(membersOfUserNamespace(pid)).containsExactly(pid);
        bundle.deleteByForce().success();
    }

    // ---- 4

    @ParameterizedTest
    @EnumSource(Way.class)
    void directoryOfAMappedOwner_isEntered_andOneOfAnUnmappedIsNot(Way way) {
        Bundle bundle = withDirectories(way).userNamespace(way.ownerAsRoot());

        Result inside = run(way, bundle.script("ls -ld /bindir /rootdir; cd /bindir && echo entered; cd /rootdir"));

        assertThat(inside.out()).containsPattern("drwx------ .* root +root .* /bindir");
        assertThat(inside.out()).containsPattern("drwx------ .* nobody +nogroup .* /rootdir");
        assertThat(inside.out()).contains("entered");
        assertThat(inside.err()).contains("can't cd to /rootdir: Permission denied");
    }

    // ---- 5

    @ParameterizedTest
    @EnumSource(Way.class)
    void directoriesOfUnmappedOwners_areListedAndNotEntered(Way way) {
        Bundle bundle = withDirectories(way).userNamespace(way.another());

        Result inside = run(way, bundle.script("ls -l /; (cd /bindir); (cd /rootdir)"));

        assertThat(inside.out()).containsPattern("drwx------ .* nobody +nogroup .* bindir");
        assertThat(inside.out()).containsPattern("drwx------ .* nobody +nogroup .* rootdir");
        assertThat(inside.err())
                .contains("can't cd to /bindir: Permission denied", "can't cd to /rootdir: Permission denied");
    }

    // ---- 6

    @ParameterizedTest
    @EnumSource(Way.class)
    void userNamespaceWithoutMapping_isRefused(Way way) {
        Bundle bundle = way.bundle().userNamespace();
        run(way, bundle).refusal("/linux/namespaces", "uidMappings", "--map");
    }

    @ParameterizedTest
    @EnumSource(Way.class)
    void mappingWithoutUserNamespace_isRefusedWithTheReason(Way way) {
        Bundle bundle = way.bundle().userNamespace(way.ownerAsRoot()).withoutNamespace("user");
        run(way, bundle).refusals("/linux/uidMappings", "user namespace", "{\"type\": \"user\"}");
    }

    // ---- and what is not in it

    @Test
    void ordinaryUserWithoutUserNamespace_isRefusedWithTheCure() {
        Bundle bundle = Bundle.of(As.USER).withoutUserNamespace();
        bundle.run().refusal("needs a user namespace", "--map auto", "confine spec --rootless");
    }

    private static Bundle withDirectories(Way way) {
        Bundle bundle = way.bundle();
        Host.require("root");
        own(bundle.rootfs().resolve("bindir"), way.owner());
        own(bundle.rootfs().resolve("rootdir"), 0);
        return bundle;
    }

    private static void own(Path directory, long uid) {
        if (!directory.toFile().mkdir()) {
            throw new IllegalStateException("cannot make " + directory);
        }
        Scratch.chmod(directory, "rwx------");
        Scratch.own(directory, uid);
    }

    private static Result run(Way way, Bundle bundle) {
        return bundle.run(way.confine());
    }

    private static String output(Way way, Bundle bundle) {
        return run(way, bundle).output();
    }

    private static void runDetached(Way way, Bundle bundle) {
        bundle.args("sleep", "100").run(way.confine(), "--detach").success();
    }

    private static String processes(Bundle bundle) {
        return bundle.confine("ps", bundle.id()).output();
    }

    private static List<String> map(long pid, String file) {
        return Scratch.read(Path.of("/proc/" + pid + "/" + file))
                .lines()
                .map(line -> line.strip().replaceAll(" +", ":"))
                .toList();
    }

    private static List<String> lines(String... extents) {
        return List.of(extents);
    }

    private static List<Long> membersOfUserNamespace(long pid) {
        String wanted = link(Path.of("/proc/" + pid));
        try (var all = Files.list(Path.of("/proc"))) {
            return all.filter(entry -> entry.getFileName().toString().matches("[0-9]+"))
                    .filter(entry -> link(entry).equals(wanted))
                    .map(entry -> Long.parseLong(entry.getFileName().toString()))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String link(Path process) {
        try {
            return Files.readSymbolicLink(process.resolve("ns/user")).toString();
        } catch (IOException e) {
            return process + " has ended";
        }
    }
}
