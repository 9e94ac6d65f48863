package dev.confine.runtime.compile;

import static dev.confine.runtime.compile.Code.num;
import static dev.confine.runtime.compile.Kernel.*;

import dev.confine.launch.Errno;
import dev.confine.launch.Operand.Register;
import dev.confine.launch.Syscall;
import dev.confine.spec.Linux;
import dev.confine.spec.TimeOffset;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A new time namespace with clocks of its own, time_namespaces(7), {@code config-linux.md#offset-for-time-namespace}. Its offsets are written while no process is in it, so it
 * is not made by clone3(2): unshare(2) makes it for what the process makes later, and then it is entered. Without offsets nothing of this is done.
 */
final class TimeNamespace {
    private final Code code;
    private final Map<String, TimeOffset> offsets;
    private final boolean staged;
    private @Nullable Register file;

    TimeNamespace(Code code, Blueprint blueprint) {
        this.code = code;
        this.offsets = blueprint.spec().linux().timeOffsets();
        this.staged = blueprint.joinsNamespaces();
    }

    /** Whether the namespace is made here, and not by clone3(2) as others. */
    static boolean isApart(Linux linux) {
        return !linux.timeOffsets().isEmpty();
    }

    /** Opens the file of the offsets. It belongs to the process only as long as that may be traced. */
    void open() {
        if (offsets.isEmpty()) {
            return;
        }
        step();
        Register opened = code.asm.register();
        code.call(
                        Syscall.OPENAT,
                        num(AT_FDCWD),
                        code.text("/proc/self/timens_offsets"),
                        num(O_WRONLY | O_CLOEXEC),
                        num(0))
                .into(opened);
        code.requireProc(opened);
        file = opened;
    }

    /** In the container's process, which makes it where no stage has done so. */
    void makeAlone() {
        if (!staged) {
            open();
            make();
        }
    }

    /** Makes the namespace, for the children of this process. */
    void make() {
        if (file == null) {
            return;
        }
        step();
        code.cure(
                Errno.EPERM,
                "it needs CAP_SYS_ADMIN and CAP_SYS_TIME: have a new user namespace beside it (--map auto)");
        code.cure(Errno.EINVAL, "the running kernel was built without time namespaces");
        code.cure(Errno.ENOSPC, "the limit in /proc/sys/user/max_time_namespaces is reached");
        code.cure(Errno.ERANGE, "a clock would be below zero, or beyond 146 years: see /proc/uptime of the host");
        String lines = lines();
        code.call(Syscall.UNSHARE, num(CLONE_NEWTIME));
        code.call(Syscall.WRITE, file, code.text(lines), num(lines.getBytes(StandardCharsets.UTF_8).length));
        code.close(file);
    }

    /** Brings the container's process there, which the child of a stage is in from its birth. */
    void enter() {
        if (offsets.isEmpty() || staged) {
            return;
        }
        Register namespace = code.asm.register();
        code.step("enter the time namespace", "/linux/timeOffsets");
        code.call(Syscall.OPENAT, num(AT_FDCWD), code.text("/proc/self/ns/time_for_children"), num(O_CLOEXEC), num(0))
                .into(namespace);
        code.call(Syscall.SETNS, namespace, num(CLONE_NEWTIME));
        code.close(namespace);
    }

    private void step() {
        code.step("make the time namespace with " + lines().strip().replace("\n", ", "), "/linux/timeOffsets");
        code.cure(Errno.ENOENT, "the running kernel was built without time namespaces");
    }

    private String lines() {
        StringBuilder lines = new StringBuilder();
        for (Map.Entry<String, TimeOffset> offset : offsets.entrySet()) {
            lines.append(offset.getKey()).append(' ').append(offset.getValue().secs());
            lines.append(' ').append(offset.getValue().nanosecs()).append('\n');
        }
        return lines.toString();
    }
}
