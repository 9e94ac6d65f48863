package dev.confine.runtime.compile;

import static dev.confine.runtime.compile.Code.num;

import dev.confine.launch.Errno;
import dev.confine.launch.Syscall;
import dev.confine.spec.MemoryPolicy;
import java.util.List;

/** On which memory nodes the calling process gets its memory, set_mempolicy(2), {@code config-linux.md#memory-policy}. It outlives execve(2). */
final class NumaPolicy {
    private final Code code;

    NumaPolicy(Code code) {
        this.code = code;
    }

    void set(MemoryPolicy policy) {
        String nodes = policy.nodes().isEmpty() ? "" : " on the nodes " + policy.nodes();
        code.step("set the memory policy " + policy.mode() + nodes, "/linux/memoryPolicy");
        code.cure(
                Errno.EINVAL,
                "the kernel does not take this mode with these nodes and flags: nodes must be there (/sys/devices/system/node/has_memory) and in the"
                        + " cpuset of the process");
        code.cure(Errno.ENOSYS, "the running kernel was built without NUMA");
        code.cure(Errno.EPERM, "a seccomp filter of the caller's denies it");
        NumberSet set = NumberSet.parse(policy.nodes());
        // the kernel takes one bit less than it is told
        long count = set.bits() == 0 ? 0 : set.bits() + 1L;
        code.call(
                Syscall.SET_MEMPOLICY,
                num(mode(policy.mode()) | flags(policy.flags())),
                count == 0 ? num(0) : set.mask(code),
                num(count));
    }

    private static long mode(MemoryPolicy.Mode mode) {
        return switch (mode) {
            case MPOL_DEFAULT -> 0;
            case MPOL_PREFERRED -> 1;
            case MPOL_BIND -> 2;
            case MPOL_INTERLEAVE -> 3;
            case MPOL_LOCAL -> 4;
            case MPOL_PREFERRED_MANY -> 5;
            case MPOL_WEIGHTED_INTERLEAVE -> 6;
        };
    }

    private static long flags(List<MemoryPolicy.Flag> flags) {
        long bits = 0;
        for (MemoryPolicy.Flag flag : flags) {
            bits |= switch (flag) {
                case MPOL_F_NUMA_BALANCING -> 1 << 13;
                case MPOL_F_RELATIVE_NODES -> 1 << 14;
                case MPOL_F_STATIC_NODES -> 1 << 15;
            };
        }
        return bits;
    }
}
