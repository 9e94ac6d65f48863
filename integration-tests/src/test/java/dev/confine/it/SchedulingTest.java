package dev.confine.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;

/** {@code process.scheduler}, {@code process.ioPriority} and {@code linux.memoryPolicy}, as /proc and ioprio_get(2) show them inside. */
@Containers
final class SchedulingTest {
    private static final int PRIORITY = 18;
    private static final int NICE = 19;
    private static final int REAL_TIME_PRIORITY = 40;
    private static final int POLICY = 41;

    /** Fields of /proc/self/stat, counted from 1 as in proc_pid_stat(5). */
    private static String[] stat(Bundle bundle, int... fields) {
        String[] all = bundle.args("cat", "/proc/self/stat").output().split(" ");
        String[] wanted = new String[fields.length];
        for (int i = 0; i < fields.length; i++) {
            wanted[i] = all[fields[i] - 1];
        }
        return wanted;
    }

    @AsEach
    void policyAndNice_areThoseOfConfig(As as) {
        Bundle bundle = Bundle.of(as).set("/process/scheduler", "{policy: 'SCHED_BATCH', nice: 15}");
        assertThat(stat(bundle, POLICY, NICE, PRIORITY)).containsExactly("3", "15", "35");
    }

    @AsEach
    void idlePolicy_staysWhenTheUserIsAnother(As as) {
        Bundle bundle = Bundle.of(as)
                .set("/process/scheduler", "{policy: 'SCHED_IDLE'}")
                .set("/process/user", "{uid: 1000, gid: 1000}");
        assertThat(stat(bundle, POLICY)).containsExactly("5");
    }

    @AsEach
    void realTimePriority_isRootsToGiveAlsoInAUserNamespace(As as) {
        Bundle bundle = Bundle.of(as)
                .set("/process/scheduler", "{policy: 'SCHED_FIFO', priority: 5, flags: ['SCHED_FLAG_RESET_ON_FORK']}");
        if (as == As.USER) {
            bundle.run().refusal("SCHED_FIFO", "EPERM", "CAP_SYS_NICE", "/process/scheduler");
            return;
        }
        assertThat(stat(bundle, POLICY, REAL_TIME_PRIORITY)).containsExactly("1", "5");
        if (Files.exists(Path.of("/sys/fs/cgroup/cpu/cpu.rt_runtime_us"))) {
            bundle.set("/linux/resources/cpu", "{shares: 512}")
                    .run()
                    .refusal("EINVAL", "/linux/resources/cpu/realtimeRuntime");
            bundle.set("/linux/resources/cpu", "{realtimeRuntime: 1000}");
        }
        assertThat(stat(bundle, POLICY, REAL_TIME_PRIORITY)).containsExactly("1", "5");
        bundle.userNamespace("0:" + as.firstSubordinate() + ":2000");
        assertThat(stat(bundle, POLICY, REAL_TIME_PRIORITY)).containsExactly("1", "5");
    }

    @AsEach
    void policyThatLinuxHasNot_isRefusedWithTheReason(As as) {
        Bundle.of(as)
                .set("/process/scheduler", "{policy: 'SCHED_ISO'}")
                .run()
                .refusal("SCHED_ISO", "EINVAL", "the running kernel does not take this policy", "/process/scheduler");
    }

    @AsEach
    void ioPriority_isThatOfConfig(As as) {
        Bundle bundle = Bundle.of(as).args("busybox", "ionice", "-p", "1");
        assertThat(bundle.set("/process/ioPriority", "{class: 'IOPRIO_CLASS_BE', priority: 6}")
                        .output())
                .isEqualTo("best-effort: prio 6");
        assertThat(bundle.set("/process/ioPriority", "{class: 'IOPRIO_CLASS_IDLE'}")
                        .output())
                .isEqualTo("idle");
    }

    @AsEach
    void memoryPolicy_isThatOfConfig(As as) {
        Bundle bundle = Bundle.of(as).args("head", "-1", "/proc/self/numa_maps");
        assertThat(bundle.set("/linux/memoryPolicy", "{mode: 'MPOL_BIND', nodes: '0', flags: ['MPOL_F_STATIC_NODES']}")
                        .output())
                .contains(" bind=static:0 ");
        assertThat(bundle.set("/linux/memoryPolicy", "{mode: 'MPOL_LOCAL'}").output())
                .contains(" local ");
    }

    @AsEach
    void memoryPolicy_onNodesThatAreNotThere_isRefusedWithTheReason(As as) {
        Bundle.of(as)
                .set("/linux/memoryPolicy", "{mode: 'MPOL_BIND', nodes: '63'}")
                .run()
                .refusal("MPOL_BIND on the nodes 63", "EINVAL", "has_memory", "/linux/memoryPolicy");
    }

    @AsEach
    void realTimeIoPriority_isRootsToGive(As as) {
        Bundle bundle = Bundle.of(as)
                .args("busybox", "ionice", "-p", "1")
                .set("/process/ioPriority", "{class: 'IOPRIO_CLASS_RT', priority: 2}");
        if (as == As.USER) {
            bundle.run().refusal("IOPRIO_CLASS_RT", "EPERM", "CAP_SYS_NICE", "/process/ioPriority");
        } else {
            assertThat(bundle.output()).isEqualTo("realtime: prio 2");
        }
    }
}
