package dev.confine.runtime.compile;

import static dev.confine.runtime.compile.Code.num;
import static dev.confine.runtime.compile.Kernel.*;

import dev.confine.launch.Operand.Register;
import dev.confine.launch.Syscall;
import java.nio.charset.StandardCharsets;

/**
 * The SELinux label of everything in a new file system, {@code config-linux.md#mount-label}. What the kernel labels itself is left to it; where the file system takes no
 * label for all that is in it, its directory has it. What a bind mount shows keeps the labels that it has.
 */
final class MountLabel {
    private final Code code;
    private final String label;

    MountLabel(Code code, String label) {
        this.code = code;
        this.label = label;
    }

    /** Before the file system is made; a label among its own options comes first. */
    void configure(FileSystemContext context, String type, MountWords words) {
        if (label.isEmpty() || !takesContext(type)) {
            return;
        }
        for (String option : words.data) {
            if (option.startsWith("context=")) {
                return;
            }
        }
        context.string("context", label);
    }

    private static boolean takesContext(String type) {
        return switch (type) {
            case "proc", "sysfs", "mqueue", "cgroup", "cgroup2" -> false;
            default -> true;
        };
    }

    /** Once there is a detached mount of it. */
    void finish(Register mount, String type) {
        if (label.isEmpty() || !type.equals("mqueue")) {
            return;
        }
        Register fd = code.asm.register();
        code.openInRoot(mount, "/", O_DIRECTORY, 0, fd);
        int length = label.getBytes(StandardCharsets.UTF_8).length;
        code.call(Syscall.FSETXATTR, fd, code.text("security.selinux"), code.text(label), num(length), num(0));
        code.close(fd);
    }
}
