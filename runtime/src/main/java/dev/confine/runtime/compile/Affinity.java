package dev.confine.runtime.compile;

import dev.confine.launch.Errno;
import dev.confine.launch.Operand;
import dev.confine.launch.Syscall;

/** The CPUs that a process may run on, sched_setaffinity(2). */
final class Affinity {
    private final Code code;

    Affinity(Code code) {
        this.code = code;
    }

    /**
     * @param pid of the process, or 0 for the one that calls
     * @param cpus a list such as {@code 0-3,7}; nothing is done for an empty one
     */
    void set(Operand pid, String cpus, String pointer) {
        if (cpus.isEmpty()) {
            return;
        }
        code.step("run on the CPUs " + cpus, pointer);
        code.cure(Errno.EINVAL, "none of them is online and in the cpuset of the process");
        code.cure(Errno.EPERM, "the process belongs to another user, and the caller does not have CAP_SYS_NICE");
        NumberSet set = NumberSet.parse(cpus);
        code.call(Syscall.SCHED_SETAFFINITY, pid, Code.num(set.bytes()), set.mask(code));
    }
}
