package dev.confine.runtime.compile;

import static dev.confine.runtime.compile.Code.num;
import static dev.confine.runtime.compile.Kernel.*;

import dev.confine.launch.Condition;
import dev.confine.launch.Errno;
import dev.confine.launch.Label;
import dev.confine.launch.Operand.Register;
import dev.confine.launch.Syscall;
import dev.confine.spec.Linux;

/**
 * Paths that the container sees read-only or not at all, {@code config-linux.md#masked-paths}. A masked file becomes the host's /dev/null, taken from the host
 * by file descriptor; a masked directory an empty one. What is not there needs no hiding.
 */
final class HiddenPaths {
    private final Code code;
    private final Linux linux;

    HiddenPaths(Code code, Blueprint blueprint) {
        this.code = code;
        this.linux = blueprint.spec().linux();
    }

    void emit(Register root) {
        Register fd = code.asm.register();
        Register mount = code.asm.register();
        for (int i = 0; i < linux.readonlyPaths().size(); i++) {
            makeReadOnly(linux.readonlyPaths().get(i), "/linux/readonlyPaths/" + i, root, fd, mount);
        }
        for (int i = 0; i < linux.maskedPaths().size(); i++) {
            mask(linux.maskedPaths().get(i), "/linux/maskedPaths/" + i, root, fd, mount);
        }
        code.asm.release(fd, mount);
    }

    private void makeReadOnly(String path, String pointer, Register root, Register fd, Register mount) {
        Label next = new Label();
        code.step("make " + path + " read-only", pointer);
        open(root, path, fd, next);
        code.openTree(fd, mount);
        code.mountSetattr(mount, true, MOUNT_ATTR_RDONLY, 0, MS_PRIVATE);
        attach(mount, fd);
        code.asm.place(next);
    }

    private void mask(String path, String pointer, Register root, Register fd, Register mount) {
        Label next = new Label();
        Label directory = new Label();
        Label masked = new Label();
        Label wrong = new Label();
        code.step("mask " + path, pointer);
        open(root, path, fd, next);
        code.stat(fd);
        code.jumpIfType(S_IFDIR, directory);
        code.cure(Errno.ENODEV, "the host's /dev/null is not the null device");
        code.openTree("/dev/null", false, mount);
        code.stat(mount);
        code.jumpUnlessDevice(1, 3, wrong);
        // read-only: root of the container may own the host's node, and must not change its mode and owner
        code.mountSetattr(mount, false, MOUNT_ATTR_RDONLY, 0, MS_PRIVATE);
        code.asm.jump(masked);
        code.asm.place(wrong);
        code.asm.fail(num(Errno.ENODEV.number()));
        code.asm.place(directory);
        emptyDirectory(mount);
        code.asm.place(masked);
        attach(mount, fd);
        code.asm.place(next);
    }

    private void emptyDirectory(Register mount) {
        Register context = code.asm.register();
        code.call(Syscall.FSOPEN, code.text("tmpfs"), num(FSOPEN_CLOEXEC)).into(context);
        if (!linux.mountLabel().isEmpty()) {
            code.call(
                    Syscall.FSCONFIG,
                    context,
                    num(FSCONFIG_SET_STRING),
                    code.text("context"),
                    code.text(linux.mountLabel()),
                    num(0));
        }
        code.call(Syscall.FSCONFIG, context, num(FSCONFIG_CMD_CREATE), num(0), num(0), num(0));
        code.call(Syscall.FSMOUNT, context, num(FSMOUNT_CLOEXEC), num(MOUNT_ATTR_RDONLY))
                .into(mount);
        code.close(context);
    }

    private void open(Register root, String path, Register fd, Label next) {
        Label failed = new Label();
        Label there = new Label();
        code.openInRoot(root, path, O_PATH, 0, fd).onAnyError(failed);
        code.asm.jump(there);
        code.asm.place(failed);
        code.asm.jumpIf(fd, Condition.EQUAL, num(-Errno.ENOENT.number()), next);
        code.asm.jumpIf(fd, Condition.EQUAL, num(-Errno.ENOTDIR.number()), next);
        code.asm.fail(fd);
        code.asm.place(there);
    }

    private void attach(Register mount, Register fd) {
        code.moveMount(mount, fd);
        code.call(Syscall.CLOSE, mount);
        code.call(Syscall.CLOSE, fd);
    }
}
