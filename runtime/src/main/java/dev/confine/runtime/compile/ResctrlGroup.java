package dev.confine.runtime.compile;

import static dev.confine.runtime.compile.Code.num;
import static dev.confine.runtime.compile.Kernel.*;

import dev.confine.launch.Assembler.Call;
import dev.confine.launch.Errno;
import dev.confine.launch.Operand;
import dev.confine.launch.Operand.Data;
import dev.confine.launch.Operand.Register;
import dev.confine.launch.Syscall;
import dev.confine.runtime.cgroup.Resctrl;
import dev.confine.runtime.cgroup.Write;
import java.nio.charset.StandardCharsets;

/** The container's class of service and monitoring group in resctrl, in the front: made before there is a process, which is in them before it goes on. */
final class ResctrlGroup {
    private static final int LONGEST_PID = 10;

    private final Code code;
    private final Resctrl plan;

    ResctrlGroup(Code code, Resctrl plan) {
        this.code = code;
        this.plan = plan;
    }

    void make() {
        String shared = plan.shared();
        if (shared != null) {
            make(shared).ignoring(Errno.EEXIST);
        }
        for (String directory : plan.made()) {
            make(directory);
        }
        for (Write write : plan.writes()) {
            code.step("write " + write.value() + " to " + write.path(), write.pointer());
            code.cure(Errno.EINVAL, "info/last_cmd_status in resctrl says why");
            code.cure(Errno.ENOSPC, "there are no more of them; info/last_cmd_status in resctrl says why");
            // without the line feed it is no line to the kernel
            write(write.path(), code.text(write.value() + "\n"), num(bytes(write.value()) + 1));
        }
    }

    private static int bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8).length;
    }

    private Call make(String directory) {
        code.step("make the group " + directory, "/linux/intelRdt");
        code.cure(Errno.ENOSPC, "the processor has no more of them: see num_closids and num_rmids in info");
        code.cure(Errno.EEXIST, "another container has it: name a class in closID, or this container otherwise");
        code.cure(Errno.ENOENT, "the processor does not monitor, or the class is gone");
        code.cure(Errno.EACCES, "resctrl is root's");
        return code.call(Syscall.MKDIRAT, num(AT_FDCWD), code.text(directory), num(0755));
    }

    /** Puts a process there, with what it makes from now on. */
    void enter(Register pid) {
        if (plan.isEmpty()) {
            return;
        }
        Register count = code.asm.register();
        Data digits = code.asm.zeros(LONGEST_PID);
        for (String group : plan.groups()) {
            code.step("join the group " + group, "/linux/intelRdt");
            code.cure(Errno.EACCES, "resctrl is root's");
            code.cure(Errno.ENOENT, "the group is gone");
            code.asm.format(count, pid, digits, LONGEST_PID);
            write(group + "/tasks", digits, count);
        }
        code.asm.release(count);
    }

    private void write(String path, Data text, Operand size) {
        Register fd = code.asm.register();
        code.call(Syscall.OPENAT, num(AT_FDCWD), code.text(path), num(O_WRONLY | O_CLOEXEC), num(0))
                .into(fd);
        code.call(Syscall.WRITE, fd, text, size);
        code.close(fd);
    }

    /** The kernel moves who is left in it to the class above. */
    void remove() {
        for (String directory : plan.removals()) {
            code.call(Syscall.UNLINKAT, num(AT_FDCWD), code.text(directory), num(AT_REMOVEDIR))
                    .ignoringErrors();
        }
    }
}
