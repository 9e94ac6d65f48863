package dev.confine.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** The five sets of capabilities(7), as /proc/self/status shows them inside. */
@Containers
final class CapabilityTest {
    private static final long CHOWN = 1;
    private static final long KILL = 1 << 5;
    private static final long NET_BIND_SERVICE = 1 << 10;

    @AsEach
    void fiveSets_areEachAsConfigured(As as) {
        Bundle bundle = Bundle.of(as)
                .set(
                        "/process/capabilities",
                        "{bounding: ['CAP_CHOWN', 'CAP_KILL', 'CAP_NET_BIND_SERVICE'],"
                                + " permitted: ['CAP_CHOWN', 'CAP_KILL'], effective: ['CAP_CHOWN'],"
                                + " inheritable: ['CAP_KILL'], ambient: ['CAP_KILL']}")
                .set("/process/user", "{uid: 1000, gid: 1000}");
        assertThat(sets(bundle))
                .containsEntry("CapBnd", CHOWN | KILL | NET_BIND_SERVICE)
                .containsEntry("CapInh", KILL)
                .containsEntry("CapAmb", KILL)
                // execve(2) of a user other than root leaves the ambient ones
                .containsEntry("CapPrm", KILL)
                .containsEntry("CapEff", KILL);
    }

    @AsEach
    void rootOfContainer_hasTheBoundingSetAfterExec(As as) {
        Bundle bundle = Bundle.of(as)
                .set(
                        "/process/capabilities",
                        "{bounding: ['CAP_CHOWN', 'CAP_KILL'], permitted: ['CAP_CHOWN', 'CAP_KILL'],"
                                + " effective: ['CAP_CHOWN', 'CAP_KILL']}");
        assertThat(sets(bundle))
                .containsEntry("CapBnd", CHOWN | KILL)
                .containsEntry("CapPrm", CHOWN | KILL)
                .containsEntry("CapEff", CHOWN | KILL)
                .containsEntry("CapInh", 0L)
                .containsEntry("CapAmb", 0L);
    }

    @AsEach
    void oneOutsideTheSetItMustBeIn_isLeftOutWithAWarning(As as) {
        Bundle bundle = Bundle.of(as)
                .set(
                        "/process/capabilities",
                        "{bounding: ['CAP_CHOWN', 'CAP_KILL'], permitted: ['CAP_CHOWN'], effective: ['CAP_CHOWN', 'CAP_KILL'],"
                                + " ambient: ['CAP_CHOWN']}")
                .set("/process/user", "{uid: 1000, gid: 1000}");
        Result result = bundle.args("grep", "^Cap", "/proc/self/status").run().success();
        assertThat(result.out()).containsPattern("CapAmb:\\s0+\n");
        assertThat(result.err()).contains("/process/capabilities/effective: not granted", "CAP_KILL");
        assertThat(result.err()).contains("/process/capabilities/ambient: not granted", "CAP_CHOWN");
    }

    @AsEach
    void none_isNone(As as) {
        Bundle bundle = Bundle.of(as).set("/process/capabilities", "{}");
        assertThat(sets(bundle).values()).containsOnly(0L);
    }

    @AsEach
    void absent_isNone(As as) {
        Bundle bundle = Bundle.of(as).remove("/process/capabilities");
        assertThat(sets(bundle).values()).containsOnly(0L);
    }

    @AsEach
    void generated_inheritsNothing(As as) {
        assertThat(sets(Bundle.of(as))).containsEntry("CapInh", 0L);
    }

    @AsEach
    void unknownName_isLeftOutWithAWarning(As as) {
        Bundle bundle = Bundle.of(as).set("/process/capabilities/bounding", "['CAP_MAGIC']");
        assertThat(bundle.run().success().err()).contains("warning", "CAP_MAGIC", "/process/capabilities/bounding/0");
    }

    private static Map<String, Long> sets(Bundle bundle) {
        Map<String, Long> sets = new TreeMap<>();
        bundle.args("grep", "^Cap", "/proc/self/status").output().lines().forEach(line -> {
            String[] words = line.split(":\\s+");
            sets.put(words[0], Long.parseUnsignedLong(words[1], 16));
        });
        return sets;
    }

    @Test
    void nameThatNoKernelKnows_isWarnedAboutOnce() {
        Result result = Bundle.of(As.ROOT)
                .add("/process/capabilities/bounding", "'CAP_FUTURE'")
                .run();
        assertThat(result.exit()).isZero();
        assertThat(result.err()).containsOnlyOnce("CAP_FUTURE");
    }
}
