package dev.confine.runtime.compile;

import static dev.confine.runtime.compile.Code.num;
import static dev.confine.runtime.compile.Kernel.*;

import dev.confine.launch.Assembler.Call;
import dev.confine.launch.Errno;
import dev.confine.launch.Operand;
import dev.confine.launch.Operand.Data;
import dev.confine.launch.Operand.Register;
import dev.confine.launch.Syscall;
import dev.confine.spec.Process;
import dev.confine.spec.Rlimit;
import java.util.List;

/**
 * Resource limits, prlimit(2), and the OOM score. The front sets them on the container's process before that changes its ids, because only the host's capabilities
 * raise a hard limit. The number of open files is lowered by the process itself, last, for it still needs them.
 */
final class Limits {
    private static final long FILES_WHILE_BUILDING = 1024;

    private final Code code;
    private final Process process;
    private final List<Rlimit> limits;

    Limits(Code code, Blueprint blueprint) {
        this.code = code;
        this.process = blueprint.process();
        this.limits = process.rlimits();
    }

    void raise(Register pid) {
        for (int i = 0; i < limits.size(); i++) {
            Rlimit limit = limits.get(i);
            boolean files = limit.type().ordinal() == RLIMIT_NOFILE;
            step(i);
            long soft = files ? atLeast(limit.soft()) : limit.soft();
            long hard = files ? atLeast(limit.hard()) : limit.hard();
            Data value = code.struct(soft, hard);
            if (files && hard != limit.hard()) {
                // a lower hard limit of the host's own is fine: what is asked for is lower still
                set(pid, limit, value).ignoring(Errno.EPERM);
            } else {
                set(pid, limit, value);
            }
        }
    }

    /** The out-of-memory score; without one it stays the caller's. */
    void score(Register pid) {
        Integer score = process.oomScoreAdj();
        if (score != null) {
            scoreStep(score);
            write(code.procPath("/proc/", pid, "oom_score_adj"), score);
        }
    }

    /** That of this process, which its children have from it: the file of one that nobody may trace is root's. */
    void scoreOwn() {
        Integer score = process.oomScoreAdj();
        if (score != null) {
            scoreStep(score);
            write(code.text("/proc/self/oom_score_adj"), score);
        }
    }

    private void write(Data path, Integer score) {
        code.cure(Errno.EACCES, "a score below the caller's own needs CAP_SYS_RESOURCE on the host");
        code.write(path, score.toString());
    }

    private void scoreStep(Integer score) {
        code.step("set the OOM score to " + score, "/process/oomScoreAdj");
    }

    void lower() {
        for (int i = 0; i < limits.size(); i++) {
            Rlimit limit = limits.get(i);
            if (limit.type().ordinal() == RLIMIT_NOFILE) {
                step(i);
                set(num(0), limit, code.struct(limit.soft(), limit.hard()));
            }
        }
    }

    private Call set(Operand pid, Rlimit limit, Data value) {
        return code.call(Syscall.PRLIMIT64, pid, num(limit.type().ordinal()), value, num(0));
    }

    private void step(int index) {
        Rlimit limit = limits.get(index);
        code.step(
                "set " + limit.type() + " to " + shown(limit.soft()) + ":" + shown(limit.hard()),
                "/process/rlimits/" + index);
        code.cure(
                Errno.EPERM,
                "the hard limit is above the caller's own, and raising it needs CAP_SYS_RESOURCE on the host");
        code.cure(Errno.EINVAL, "the soft limit is above the hard one");
    }

    private static long atLeast(long value) {
        return Long.compareUnsigned(value, FILES_WHILE_BUILDING) < 0 ? FILES_WHILE_BUILDING : value;
    }

    private static String shown(long value) {
        return value == Rlimit.INFINITY ? "unlimited" : Long.toUnsignedString(value);
    }
}
