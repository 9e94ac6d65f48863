package dev.confine.runtime.compile;

import static dev.confine.runtime.compile.Code.num;
import static dev.confine.runtime.compile.Kernel.*;

import dev.confine.launch.Condition;
import dev.confine.launch.Errno;
import dev.confine.launch.Label;
import dev.confine.launch.Operand.Register;
import dev.confine.launch.Syscall;
import dev.confine.runtime.cgroup.Write;
import java.util.List;

/** Programs for the cgroups of a container that exists. */
public final class CgroupPrograms {
    private CgroupPrograms() {}

    /** Removes directories, children first, and when none of them is busy the parents that nobody else is in. Says {@link Tags#BUSY} how many were. */
    public static Compiled remove(List<String> directories, List<String> parents) {
        Code code = new Code();
        code.step("remove the cgroups", "");
        Register busy = code.asm.register();
        Register result = code.asm.register();
        Label end = new Label();
        code.asm.move(busy, num(0));
        for (String directory : directories) {
            Label gone = new Label();
            remove(code, directory, result);
            code.asm.jumpIf(result, Condition.NOT_EQUAL, num(-Errno.EBUSY.number()), gone);
            code.asm.add(busy, busy, num(1));
            code.asm.place(gone);
        }
        code.asm.jumpIf(busy, Condition.NOT_EQUAL, num(0), end);
        for (String parent : parents) {
            remove(code, parent, result);
        }
        code.asm.place(end);
        code.asm.send(Tags.BUSY, busy);
        code.asm.end();
        return code.finish();
    }

    private static void remove(Code code, String directory, Register result) {
        code.call(Syscall.UNLINKAT, num(AT_FDCWD), code.text(directory), num(AT_REMOVEDIR))
                .into(result)
                .ignoringErrors();
    }

    /** Writes values in their order, each a step that can fail. */
    public static Compiled write(List<Write> writes) {
        Code code = new Code();
        new CgroupFile(code).write(writes);
        code.step("end", "");
        code.asm.end();
        return code.finish();
    }

    /** Sends a signal to processes of a cgroup; to those that have ended it is none. */
    public static Compiled signal(List<Long> pids, int signal) {
        Code code = new Code();
        code.step("send signal " + signal + " to all processes", "");
        for (long pid : pids) {
            code.call(Syscall.KILL, num(pid), num(signal)).ignoring(Errno.ESRCH);
        }
        code.asm.end();
        return code.finish();
    }
}
