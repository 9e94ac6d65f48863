package dev.confine.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;

/** Clocks of a new time namespace, {@code config-linux.md#offset-for-time-namespace}. */
@Containers
final class TimeNamespaceTest {
    private static final long YEAR = 31_536_000;
    private static final String OFFSETS = "{boottime: {secs: 31536000, nanosecs: 5}, monotonic: {secs: 1000}}";

    private static Bundle withTime(As as) {
        return Bundle.of(as)
                .add("/linux/namespaces", "{type: 'time'}")
                .set("/linux/timeOffsets", OFFSETS)
                .script("cat /proc/self/timens_offsets; cat /proc/uptime");
    }

    private static void assertOffsets(String output) {
        assertThat(output.replaceAll(" +", " ")).startsWith("monotonic 1000 0\nboottime 31536000 5\n");
        double inside = Double.parseDouble(output.lines().toList().get(2).split(" ")[0]);
        double outside =
                Double.parseDouble(Scratch.read(Path.of("/proc/uptime")).split(" ")[0]);
        assertThat(inside - outside).isBetween(YEAR - 60.0, YEAR + 1.0);
    }

    @AsEach
    void clocks_haveTheirOffsets(As as) {
        assertOffsets(withTime(as).output());
    }

    @AsEach
    void clocks_haveTheirOffsetsWhereOthersAreJoined(As as) {
        Bundle holder = Bundle.of(as, "holder").args("sleep", "1000");
        holder.run("--detach").success();
        try {
            Bundle bundle = withTime(as).withoutUserNamespace();
            for (String type : as == As.ROOT ? new String[] {"ipc"} : new String[] {"user", "ipc"}) {
                bundle.withoutNamespace(type)
                        .add(
                                "/linux/namespaces",
                                "{type: '" + type + "', path: '/proc/" + holder.pid() + "/ns/" + type + "'}");
            }
            assertOffsets(bundle.output());
        } finally {
            holder.deleteByForce().success();
        }
    }

    @AsEach
    void clockBelowZero_isRefusedWithTheReason(As as) {
        withTime(as)
                .set("/linux/timeOffsets", "{boottime: {secs: -999999999}}")
                .run()
                .refusal("ERANGE", "below zero", "/linux/timeOffsets");
    }

    @AsEach
    void offsets_withoutATimeNamespace_areRefused(As as) {
        withTime(as).withoutNamespace("time").run().refusals("only a time namespace", "/linux/timeOffsets");
    }

    @AsEach
    void timeNamespace_withoutOffsets_hasTheCallersClocks(As as) {
        String output = withTime(as).remove("/linux/timeOffsets").output().replaceAll(" +", " ");
        assertThat(output).startsWith("monotonic 0 0\nboottime 0 0\n");
    }
}
