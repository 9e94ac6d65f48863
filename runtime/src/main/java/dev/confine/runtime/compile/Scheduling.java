package dev.confine.runtime.compile;

import static dev.confine.runtime.compile.Code.num;

import dev.confine.launch.Errno;
import dev.confine.launch.Operand.Data;
import dev.confine.launch.Operand.Register;
import dev.confine.launch.Syscall;
import dev.confine.spec.IOPriority;
import dev.confine.spec.Process;
import dev.confine.spec.Scheduler;
import java.util.List;

/**
 * How a process gets at a CPU and at block devices: sched_setattr(2) and ioprio_set(2), {@code config.md#scheduler} and {@code config.md#io-priority}. The front sets
 * them on the process before that changes its ids, because only the host's CAP_SYS_NICE goes beyond its limits.
 */
final class Scheduling {
    /** SCHED_ATTR_SIZE_VER1, which the flags of utilization clamping need. */
    private static final int ATTRIBUTES_SIZE = 56;

    private static final long IOPRIO_WHO_PROCESS = 1;
    private static final int IOPRIO_CLASS_SHIFT = 13;

    private final Code code;
    private final Process process;

    Scheduling(Code code, Process process) {
        this.code = code;
        this.process = process;
    }

    void apply(Register pid) {
        Scheduler scheduler = process.scheduler();
        if (scheduler != null) {
            schedule(pid, scheduler);
        }
        IOPriority priority = process.ioPriority();
        if (priority != null) {
            prioritize(pid, priority);
        }
    }

    private void schedule(Register pid, Scheduler scheduler) {
        code.step("set the scheduler to " + scheduler.policy(), "/process/scheduler");
        code.cure(
                Errno.EPERM,
                "the caller's limits do not allow it: it needs CAP_SYS_NICE on the host, or RLIMIT_NICE or RLIMIT_RTPRIO in /process/rlimits;"
                        + " in a cgroup with cpu control a real-time policy also needs /linux/resources/cpu/realtimeRuntime");
        code.cure(Errno.EINVAL, "the running kernel does not take this policy with these values and flags");
        code.cure(Errno.EBUSY, "there is not enough free CPU time for this runtime and period");
        code.cure(Errno.ENOTSUP, "the running kernel was built without utilization clamping");
        Data attributes = code.asm.zeros(ATTRIBUTES_SIZE);
        code.asm.set(attributes, 4, ATTRIBUTES_SIZE);
        code.asm.set(attributes.plus(4), 4, policy(scheduler.policy()));
        code.asm.set(attributes.plus(8), 8, flags(scheduler.flags()));
        code.asm.set(attributes.plus(16), 4, scheduler.nice());
        code.asm.set(attributes.plus(20), 4, scheduler.priority());
        code.asm.set(attributes.plus(24), 8, scheduler.runtime());
        code.asm.set(attributes.plus(32), 8, scheduler.deadline());
        code.asm.set(attributes.plus(40), 8, scheduler.period());
        code.call(Syscall.SCHED_SETATTR, pid, attributes, num(0));
    }

    private void prioritize(Register pid, IOPriority priority) {
        code.step("set the I/O priority to " + priority.ioClass() + " " + priority.priority(), "/process/ioPriority");
        code.cure(Errno.EPERM, "IOPRIO_CLASS_RT needs CAP_SYS_NICE on the host");
        code.cure(Errno.ENOSYS, "the running kernel was built without block devices");
        long level = ioClass(priority.ioClass()) << IOPRIO_CLASS_SHIFT | priority.priority();
        code.call(Syscall.IOPRIO_SET, num(IOPRIO_WHO_PROCESS), pid, num(level));
    }

    private static long policy(Scheduler.Policy policy) {
        return switch (policy) {
            case SCHED_OTHER -> 0;
            case SCHED_FIFO -> 1;
            case SCHED_RR -> 2;
            case SCHED_BATCH -> 3;
            case SCHED_ISO -> 4;
            case SCHED_IDLE -> 5;
            case SCHED_DEADLINE -> 6;
        };
    }

    private static long flags(List<Scheduler.Flag> flags) {
        long bits = 0;
        for (Scheduler.Flag flag : flags) {
            bits |= switch (flag) {
                case SCHED_FLAG_RESET_ON_FORK -> 1;
                case SCHED_FLAG_RECLAIM -> 2;
                case SCHED_FLAG_DL_OVERRUN -> 4;
                case SCHED_FLAG_KEEP_POLICY -> 8;
                case SCHED_FLAG_KEEP_PARAMS -> 0x10;
                case SCHED_FLAG_UTIL_CLAMP_MIN -> 0x20;
                case SCHED_FLAG_UTIL_CLAMP_MAX -> 0x40;
            };
        }
        return bits;
    }

    private static long ioClass(IOPriority.IOClass ioClass) {
        return switch (ioClass) {
            case IOPRIO_CLASS_RT -> 1;
            case IOPRIO_CLASS_BE -> 2;
            case IOPRIO_CLASS_IDLE -> 3;
        };
    }
}
