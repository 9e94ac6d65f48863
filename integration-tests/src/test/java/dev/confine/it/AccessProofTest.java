package dev.confine.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/**
 * {@code confine access} foretells what faccessat2(2) answers inside, for thousands of generated combinations of id map, owner, mode, access control list,
 * groups, capabilities and mount flags.
 */
@Containers
@Requires({"root", "python", "idmapped-mounts"})
final class AccessProofTest {
    /** Makes a directory of files whose owners, modes and lists are random: each path once, also behind a directory and behind a link. */
    private static final String MAKE = """
            import os, random, struct, sys
            top, seed, ids = sys.argv[1], int(sys.argv[2]), [int(i) for i in sys.argv[3].split(',')]
            r = random.Random(seed)
            def acl():
                e = [(1, r.randrange(8), 0xffffffff)]
                e += [(2, r.randrange(8), i) for i in sorted(r.sample(ids, r.randrange(3)))]
                e += [(4, r.randrange(8), 0xffffffff)]
                e += [(8, r.randrange(8), i) for i in sorted(r.sample(ids, r.randrange(3)))]
                e += [(16, r.choice([0, 7, 7, r.randrange(8)]), 0xffffffff), (32, r.randrange(8), 0xffffffff)]
                return struct.pack('<I', 2) + b''.join(struct.pack('<HHI', *x) for x in e)
            def change(path, kind):
                os.chown(path, r.choice(ids), r.choice(ids))
                if kind == 'd' and r.random() < 0.4: os.chmod(path, 0o755)
                else: os.chmod(path, r.choice([0o777, 0o750, 0o640, 0o70, 0o7, 0, r.randrange(512), 0o1777 if kind == 'd' else 0o4711]))
                if r.random() < 0.4: os.setxattr(path, 'system.posix_acl_access', acl())
            for n in range(int(sys.argv[4])):
                d = f'{top}/d{n}'
                os.mkdir(d)
                kind = r.choice('fffdps')
                if kind == 'f': open(d + '/x', 'w').close()
                elif kind == 'd': os.mkdir(d + '/x')
                elif kind == 'p': os.mkfifo(d + '/x')
                else: os.symlink(f'../d{r.randrange(n + 1)}/x', d + '/x')
                if kind != 's': change(d + '/x', kind)
                else: os.lchown(d + '/x', r.choice(ids), r.choice(ids))
                change(d, 'd')
            """;

    private static final int DIRECTORIES = 60;
    private static final List<String> WANTS = List.of("r", "w", "x", "rx", "rw", "rwx");
    private static final List<List<String>> CAPABILITIES = List.of(
            List.of("none"),
            List.of("none"),
            List.of("CAP_DAC_OVERRIDE"),
            List.of("CAP_DAC_READ_SEARCH"),
            List.of("CAP_DAC_OVERRIDE", "CAP_DAC_READ_SEARCH"));

    private final Map<String, Integer> answers = new TreeMap<>();
    private final List<String> wrong = new ArrayList<>();

    @Test
    void foretold_equalsWhatTheKernelAnswers() {
        prove(1, "0,5,1000,1001,1007,33000", "0:1000:32000");
        prove(2, "0,1000,2000,2003,65534", "0:2000:3", "3:5000:10", "20:1000:1");
        prove(3, "0,1000,1001,65534");
        assertThat(wrong.size())
                .as("the first: %s", wrong.stream().findFirst().orElse("none"))
                .isZero();
        assertThat(answers.values().stream().mapToInt(Integer::intValue).sum()).isGreaterThan(5000);
        assertThat(answers).containsKeys("yes", "EACCES", "EROFS");
        assertThat(answers.get("yes")).isGreaterThan(800);
        assertThat(answers.getOrDefault("unknown", 0)).isLessThan(answers.getOrDefault("yes", 0) / 4);
    }

    private void prove(int seed, String ids, String... map) {
        Bundle bundle = Bundle.of(As.ROOT, "proof" + seed);
        Path tree = Scratch.current().directory("tree" + seed, As.ROOT);
        Command.run("python3", "-c", MAKE, tree.toString(), Integer.toString(seed), ids, Integer.toString(DIRECTORIES))
                .success();
        List<String> points = mounts(bundle, tree);
        if (map.length > 0) {
            bundle.userNamespace(map);
        }
        bundle.args("sleep", "600").run("--detach").success();
        try {
            Random random = new Random(seed);
            for (int round = 0; round < 8; round++) {
                ask(bundle, points, random, map.length == 0 ? List.of(0, 1000, 1001) : List.of(0, 1, 3, 5, 20));
            }
        } finally {
            bundle.deleteByForce().success();
        }
    }

    private static List<String> mounts(Bundle bundle, Path tree) {
        bind(bundle, tree, "/m/rw", "", "");
        bind(bundle, tree, "/m/ro", ", 'ro'", "");
        bind(bundle, tree, "/m/noexec", ", 'noexec', 'nodev'", "");
        String ids = "[{containerID: 0, hostID: 1000, size: 500}, {containerID: 1000, hostID: 2000, size: 5}]";
        bind(bundle, tree, "/m/ids", "", ", uidMappings: " + ids + ", gidMappings: " + ids);
        return List.of("/m/rw", "/m/ro", "/m/noexec", "/m/ids");
    }

    private static void bind(Bundle bundle, Path tree, String point, String options, String more) {
        Command.run("mkdir", "-p", bundle.rootfs() + point).success();
        bundle.mount("{destination: '" + point + "', type: 'bind', source: '" + tree + "', options: ['bind'" + options
                + "]" + more + "}");
    }

    private void ask(Bundle bundle, List<String> points, Random random, List<Integer> users) {
        List<String> words = new ArrayList<>(List.of("--verify", "--json", "--want", pick(WANTS, random)));
        words.add("--as");
        words.add(pick(users, random) + ":" + pick(users, random));
        for (String capability : pick(CAPABILITIES, random)) {
            words.addAll(List.of("--cap", capability));
        }
        words.addAll(List.of("--additional-gids", Integer.toString(pick(users, random))));
        words.add(bundle.id());
        for (String point : points) {
            for (int i = 0; i < DIRECTORIES; i++) {
                words.add(point + "/d" + i + (i % 3 == 0 ? "" : i % 3 == 1 ? "/x" : "/../d" + i + "/x"));
            }
        }
        Result result = bundle.confine("access", words.toArray(String[]::new));
        JsonNode json = Config.parse(result.out());
        assertThat(json.path("paths")).as(result.err()).hasSize(points.size() * DIRECTORIES);
        for (JsonNode path : json.path("paths")) {
            JsonNode kernel = path.path("kernel");
            answers.merge(
                    kernel.path("allowed").asBoolean()
                            ? "yes"
                            : kernel.path("errno").asText(),
                    1,
                    Integer::sum);
            if (path.path("answer").asText().equals("unknown")) {
                // not even root of the host may search a directory whose owner its mount does not know
                answers.merge("unknown", 1, Integer::sum);
            } else if (!kernel.path("agrees").asBoolean()) {
                wrong.add(json.path("as") + " " + path);
            }
        }
    }

    private static <T> T pick(List<T> all, Random random) {
        return all.get(random.nextInt(all.size()));
    }
}
