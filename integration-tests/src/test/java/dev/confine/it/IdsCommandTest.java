package dev.confine.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;

/** {@code confine ids}: what it says of containers, bundles and nested namespaces is what the kernel does. */
@Containers
final class IdsCommandTest {
    private static Bundle started(As as, String name, String... extents) {
        Bundle bundle = Bundle.of(as, name).args("sleep", "100").userNamespace(extents);
        Scratch.write(bundle.rootfs().resolve("etc/passwd"), "boss:x:0:0::/:/bin/sh\nweb:x:33:33::/:/bin/sh\n");
        Scratch.write(bundle.rootfs().resolve("etc/group"), "staff:x:0:\n");
        bundle.run("--detach").success();
        return bundle;
    }

    private static JsonNode ids(Bundle bundle, String... words) {
        List<String> all = new ArrayList<>(List.of("--json"));
        all.addAll(List.of(words));
        return Config.parse(bundle.confine("ids", all.toArray(String[]::new)).output());
    }

    /** Id, and name where there is one, of each level. */
    private static List<String> at(JsonNode document, int index) {
        return StreamSupport.stream(document.at("/ids/" + index + "/at").spliterator(), false)
                .map(place -> place.path("id").asText()
                        + (place.path("mapped").asBoolean() ? "" : " unmapped")
                        + (place.has("name") ? " " + place.path("name").asText() : ""))
                .toList();
    }

    @AsEach
    void idsInside_areThoseOfTheHostWithTheNamesOfEachSide(As as) {
        long first = as.firstSubordinate();
        Bundle bundle = started(as, "box", "0:" + first + ":1000", "5000:" + (first + 2000) + ":1");
        JsonNode document = ids(bundle, "-u", bundle.id(), "0", "33", "5000", "web", "1000");
        assertThat(at(document, 0)).containsExactly("0 boss", Long.toString(first));
        assertThat(at(document, 1)).containsExactly("33 web", Long.toString(first + 33));
        assertThat(at(document, 2)).containsExactly("5000", Long.toString(first + 2000));
        assertThat(at(document, 3)).isEqualTo(at(document, 1));
        assertThat(at(document, 4)).containsExactly("1000 unmapped", "65534 unmapped nobody");
        assertThat(bundle.confine("ids", bundle.id(), "1000").output()).contains("overflow");
        // what that user makes belongs on the host to who was said
        Command.run("install", "-d", "-m", "777", bundle.rootfs() + "/open").success();
        bundle.confine("exec", "--user", "33:33", bundle.id(), "touch", "/open/f")
                .success();
        assertThat(Command.run("stat", "-c", "%u", bundle.rootfs() + "/open/f").output())
                .isEqualTo(Long.toString(first + 33));
        bundle.deleteByForce().success();
    }

    @AsEach
    void idsOfHost_areThoseInside(As as) {
        long first = as.firstSubordinate();
        Bundle bundle = started(as, "box", "0:" + first + ":1000");
        JsonNode document = ids(bundle, "--from-host", bundle.id(), Long.toString(first), "0", "root");
        assertThat(at(document, 0)).containsExactly("0 boss", Long.toString(first));
        assertThat(at(document, 1)).containsExactly("0 staff", Long.toString(first));
        assertThat(at(document, 2)).containsExactly("65534 unmapped", "0 root");
        assertThat(at(document, 4)).isEqualTo(at(document, 2));
        bundle.deleteByForce().success();
    }

    @AsEach
    void nestedNamespaces_areFollowedThreeDeep(As as) {
        Command.Running nested = Command.of(Command.words(
                        as.prefix(),
                        "unshare",
                        "-Ur",
                        "sh",
                        "-c",
                        "unshare -Ur sh -c 'unshare -Ur sleep 100; true'; true"))
                .start();
        try {
            Eventually.holds("sleep runs", () -> sleeping(nested).isPresent());
            long pid = sleeping(nested).orElseThrow().pid();
            JsonNode document = Config.parse(Confine.as(as)
                    .run("ids", "--json", "--users", Long.toString(pid), "0", "1")
                    .output());
            assertThat(document.path("levels")).hasSize(4);
            assertThat(document.at("/levels/3/host").asBoolean()).isTrue();
            assertThat(at(document, 0).get(0)).startsWith("0");
            assertThat(document.at("/ids/0/at/1/id").asLong()).isZero();
            assertThat(document.at("/ids/0/at/2/id").asLong()).isZero();
            assertThat(document.at("/ids/0/at/3/id").asLong()).isEqualTo(as.uid());
            assertThat(document.at("/ids/1/at/3/mapped").asBoolean(true)).isFalse();
        } finally {
            nested.process().descendants().forEach(ProcessHandle::destroyForcibly);
            nested.process().destroyForcibly();
        }
    }

    /** As bwrap(1) leaves it: who made the namespace between has gone on to the next. */
    @AsEach
    void namespaceBetween_thatNobodyIsIn_hasItsMapAsWell(As as) {
        Command.Running nested = Command.of(
                        Command.words(as.prefix(), "unshare", "-Ur", "unshare", "-U", "--map-user=7", "sleep", "100"))
                .start();
        try {
            Eventually.holds("sleep runs", () -> Command.run("cat", "/proc/" + nested.pid() + "/cmdline")
                    .out()
                    .startsWith("sleep"));
            JsonNode document = Config.parse(Confine.as(as)
                    .run("ids", "--json", "--users", Long.toString(nested.pid()), "7")
                    .output());
            assertThat(document.path("levels")).hasSize(3);
            assertThat(document.at("/ids/0/at/1/id").asLong(-1)).isZero();
            assertThat(document.at("/ids/0/at/1/mapped").asBoolean()).isTrue();
            assertThat(document.at("/ids/0/at/2/id").asLong()).isEqualTo(as.uid());
        } finally {
            nested.process().destroyForcibly();
        }
    }

    private static Optional<ProcessHandle> sleeping(Command.Running running) {
        return running.process()
                .descendants()
                .filter(one -> Command.run("cat", "/proc/" + one.pid() + "/cmdline")
                        .out()
                        .startsWith("sleep"))
                .findFirst();
    }

    @AsEach
    void bundle_isAskedBeforeItRuns(As as) {
        long first = as.firstSubordinate();
        Bundle bundle = Bundle.of(as).userNamespace("0:" + first + ":10").write();
        Scratch.write(bundle.rootfs().resolve("etc/passwd"), "boss:x:0:0::/:/bin/sh\n");
        JsonNode document = ids(bundle, "-u", bundle.directory().toString(), "0", "10");
        assertThat(at(document, 0)).containsExactly("0 boss", Long.toString(first));
        assertThat(at(document, 1)).containsExactly("10 unmapped", "65534 unmapped nobody");
        bundle.withoutUserNamespace().write();
        assertThat(bundle.confine("ids", bundle.directory().toString()).output())
                .contains("every id is itself");
    }

    @AsEach
    void wholeMap_isALadderWithItsHolesAndNeighbours(As as) {
        long first = as.firstSubordinate();
        Bundle one = started(as, "one", "0:" + first + ":100", "200:" + (first + 100) + ":100");
        Bundle two = started(as, "two", "0:" + (first + 150) + ":100");
        String ladder = one.confine("ids", one.id()).output();
        assertThat(ladder)
                .contains("uid map of container " + one.id() + ", 200 ids")
                .contains("100-199", "hole: 100 ids")
                .contains("ids " + (first + 150) + " to " + (first + 199) + " are also those of user:[")
                .contains("confine " + two.id());
        if (as == As.USER) {
            assertThat(ladder).contains("given to " + as.userName() + " in /etc/subuid");
        }
        JsonNode document = ids(one, one.id());
        assertThat(document.at("/uid/pieces/1/firsts").toString()).isEqualTo("[200," + (first + 100) + "]");
        assertThat(document.at("/gid/holes/0").toString()).isEqualTo("{\"first\":100,\"last\":199}");
        assertThat(one.confine("ids", "--svg", one.id()).output()).startsWith("<svg ");
        one.deleteByForce().success();
        two.deleteByForce().success();
    }

    @AsEach
    void namesInside_areNotThoseOfTheHost_whateverTheImageLinksTo(As as) {
        Bundle bundle = Bundle.of(as).args("sleep", "100").userNamespace("0:" + as.firstSubordinate() + ":10");
        Command.run("ln", "-sfn", "/../../../../../../../etc/passwd", bundle.rootfs() + "/etc/passwd")
                .success();
        Command.run("ln", "-sfn", "/proc/self/root/etc/group", bundle.rootfs() + "/etc/group")
                .success();
        bundle.run("--detach").success();
        JsonNode document = ids(bundle, bundle.id(), "0");
        assertThat(document.at("/ids/0/at/0").has("name")).isFalse();
        assertThat(document.at("/ids/1/at/0").has("name")).isFalse();
        bundle.deleteByForce().success();
    }

    @Test
    void processOfAnother_isClosedToAnOrdinaryUser() {
        Confine.as(As.USER).run("ids", "2", "0").refusal("/proc/2/ns/user", "EACCES", "root");
    }

    @AsEach
    void whatMakesNoSense_isRefused(As as) {
        Bundle bundle = Bundle.of(as);
        bundle.confine("ids", "unheard-of").refusal("\"unheard-of\"", "neither");
        bundle.confine("ids", "4194304").refusal("ESRCH");
        String own = Long.toString(ProcessHandle.current().pid());
        if (as == As.ROOT) {
            bundle.confine("ids", own, "4294967295").refusal("4294967295", "4294967294");
            bundle.confine("ids", own, "unheard-of").refusal("unheard-of", "/etc/passwd");
        }
        bundle.confine("ids", "--from-host", own).refusal("--from-host");
        bundle.confine("ids", "--svg", own, "0").refusal("--svg");
    }
}
