package dev.confine.runtime.compile;

import static dev.confine.runtime.compile.Code.num;
import static dev.confine.runtime.compile.Kernel.*;

import dev.confine.launch.Assembler.Call;
import dev.confine.launch.Errno;
import dev.confine.launch.Label;
import dev.confine.launch.Operand.Register;
import dev.confine.launch.Syscall;
import dev.confine.runtime.cgroup.Write;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Writes values to the files of cgroups. */
final class CgroupFile {
    private final Code code;

    CgroupFile(Code code) {
        this.code = code;
    }

    /** In their order; a file that several go to one after the other is opened once. */
    void write(List<Write> writes) {
        Register fd = null;
        for (int i = 0; i < writes.size(); i++) {
            Write write = writes.get(i);
            boolean goesOn = i + 1 < writes.size()
                    && isSimple(write)
                    && isSimple(writes.get(i + 1))
                    && writes.get(i + 1).path().equals(write.path());
            if (fd == null && !goesOn) {
                write(write);
                continue;
            }
            step(write);
            if (fd == null) {
                fd = code.asm.register();
                open(write.path(), fd);
            }
            put(fd, write.value());
            if (!goesOn) {
                code.close(fd);
                fd = null;
            }
        }
    }

    private static boolean isSimple(Write write) {
        return !write.optional() && write.otherwise() == null;
    }

    private void step(Write write) {
        code.step("write " + write.value() + " to " + write.path(), write.pointer());
        cures(write.path());
    }

    /** As a step of its own. */
    void write(Write write) {
        step(write);
        Register fd = code.asm.register();
        Label done = new Label();
        Call open = open(write.path(), fd);
        Write otherwise = write.otherwise();
        if (write.optional()) {
            open.onAnyError(done);
            put(fd, write.value()).ignoringErrors();
            code.call(Syscall.CLOSE, fd);
        } else if (otherwise != null) {
            Label older = new Label();
            open.onError(Errno.ENOENT, older);
            put(fd, write.value());
            code.call(Syscall.CLOSE, fd);
            code.asm.jump(done);
            code.asm.place(older);
            code.asm.release(fd);
            write(otherwise);
            code.asm.place(done);
            return;
        } else {
            put(fd, write.value());
            code.call(Syscall.CLOSE, fd);
        }
        code.asm.place(done);
        code.asm.release(fd);
    }

    /** Where it does not matter whether it works. */
    void attempt(String path, String value) {
        Register fd = code.asm.register();
        Label none = new Label();
        open(path, fd).onAnyError(none);
        put(fd, value).ignoringErrors();
        code.call(Syscall.CLOSE, fd);
        code.asm.place(none);
        code.asm.release(fd);
    }

    private Call open(String path, Register fd) {
        return code.call(Syscall.OPENAT, num(AT_FDCWD), code.text(path), num(O_WRONLY | O_CLOEXEC), num(0))
                .into(fd);
    }

    private Call put(Register fd, String value) {
        int length = value.getBytes(StandardCharsets.UTF_8).length;
        return code.call(Syscall.WRITE, fd, code.text(value), num(length));
    }

    private void cures(String path) {
        String file = path.substring(path.lastIndexOf('/') + 1);
        if (file.equals("cgroup.subtree_control")) {
            code.cure(
                    Errno.EBUSY,
                    "a cgroup of v2 that has processes itself hands no controllers on: name another one in /linux/cgroupsPath");
            code.cure(Errno.EACCES, "the controller is not delegated to you");
            return;
        }
        code.cure(Errno.ENOENT, "there is no such file: the kernel does not have it, or the controller is not on here");
        code.cure(Errno.EINVAL, "the kernel does not take this value, or a cgroup above has less");
        code.cure(Errno.ERANGE, "the kernel does not take this value");
        code.cure(Errno.ENODEV, "there is no such device");
        code.cure(Errno.EBUSY, "what is in use now is above this limit");
        code.cure(Errno.EACCES, "you may not write it: have the cgroup delegated to you, or run as root");
        code.cure(Errno.EPERM, "you may not write it: have the cgroup delegated to you, or run as root");
    }
}
