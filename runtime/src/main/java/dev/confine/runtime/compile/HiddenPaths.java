package dev.confine.runtime.compile;

import static dev.confine.runtime.compile.Code.num;
import static dev.confine.runtime.compile.Kernel.*;

import dev.confine.launch.Condition;
import dev.confine.launch.Errno;
import dev.confine.launch.Label;
import dev.confine.launch.Operand;
import dev.confine.launch.Operand.Data;
import dev.confine.launch.Operand.Register;
import dev.confine.launch.Syscall;
import dev.confine.spec.Linux;
import java.util.List;

/**
 * Paths that the container sees read-only or not at all, {@code config-linux.md#masked-paths}. A masked file becomes the host's /dev/null, taken from the host
 * by file descriptor; a masked directory an empty one. What is not there needs no hiding. There are many of them and they differ in nothing but the path, so
 * either kind is a loop over a table of paths, each with a step for its failures.
 */
final class HiddenPaths {
    private static final int POINTER = 8;

    private final Code code;
    private final Linux linux;

    HiddenPaths(Code code, Blueprint blueprint) {
        this.code = code;
        this.linux = blueprint.spec().linux();
    }

    void emit(Register root) {
        if (!linux.readonlyPaths().isEmpty()) {
            makeReadOnly(root, linux.readonlyPaths());
        }
        if (!linux.maskedPaths().isEmpty()) {
            mask(root, linux.maskedPaths());
        }
    }

    private void makeReadOnly(Register root, List<String> paths) {
        Loop loop = new Loop("make ", paths, " read-only", "/linux/readonlyPaths");
        Register fd = code.asm.register();
        Register mount = code.asm.register();
        loop.open(root, fd);
        code.openTree(fd, mount);
        code.mountSetattr(mount, true, MOUNT_ATTR_RDONLY, 0, MS_PRIVATE);
        attach(mount, fd);
        loop.close();
        code.asm.release(fd, mount);
    }

    private void mask(Register root, List<String> paths) {
        Label directory = new Label();
        Label masked = new Label();
        Loop loop = new Loop("mask ", paths, "", "/linux/maskedPaths");
        Register fd = code.asm.register();
        Register mount = code.asm.register();
        Register nothing = code.asm.register();
        code.asm.move(nothing, num(-1));
        loop.open(root, fd);
        code.stat(fd);
        code.jumpIfType(S_IFDIR, directory);
        openNull(nothing);
        code.openTreeAlone(nothing, mount);
        // read-only: root of the container may own the host's node, and must not change its mode and owner
        code.mountSetattr(mount, false, MOUNT_ATTR_RDONLY, 0, MS_PRIVATE);
        code.asm.jump(masked);
        code.asm.place(directory);
        emptyDirectory(mount);
        code.asm.place(masked);
        attach(mount, fd);
        loop.close();
        code.call(Syscall.CLOSE, nothing).ignoringErrors();
        code.asm.release(fd, mount, nothing);
    }

    /** The host's /dev/null, when the first file is masked. */
    private void openNull(Register nothing) {
        Label open = new Label();
        Label wrong = new Label();
        code.asm.jumpIf(nothing, Condition.AT_LEAST, num(0), open);
        code.call(Syscall.OPEN_TREE, num(AT_FDCWD), code.text("/dev/null"), num(O_CLOEXEC))
                .into(nothing);
        code.stat(nothing);
        code.jumpUnlessDevice(1, 3, wrong);
        code.asm.jump(open);
        code.asm.place(wrong);
        code.asm.fail(num(Errno.ENODEV.number()));
        code.asm.place(open);
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

    private void attach(Register mount, Register fd) {
        code.moveMount(mount, fd);
        code.call(Syscall.CLOSE, mount);
        code.call(Syscall.CLOSE, fd);
    }

    /** Once for each path; what is emitted between {@link #open} and {@link #close} is the body. */
    private final class Loop {
        private final int size;
        private final int firstStep;
        private final Data table;
        private final Register at = code.asm.register();
        private final Register step = code.asm.register();
        private final Label again = new Label();
        private final Label next = new Label();

        /** The steps of the paths first: no instruction is theirs, but the failures of the loop's are. */
        private Loop(String verb, List<String> paths, String how, String pointer) {
            Operand[] texts = new Operand[paths.size()];
            this.size = texts.length;
            for (int i = 0; i < size; i++) {
                code.step(verb + paths.get(i) + how, pointer + "/" + i);
                code.cure(Errno.ENODEV, "the host's /dev/null is not the null device");
                texts[i] = code.text(paths.get(i));
            }
            this.firstStep = code.asm.currentStep() - size + 1;
            this.table = code.asm.words(texts);
            code.step(verb + String.join(", ", paths) + how, pointer);
        }

        /** Opens the path; one that is not there ends this round. */
        private void open(Register root, Register fd) {
            Label missing = new Label();
            Label there = new Label();
            Register path = code.asm.register();
            code.asm.move(at, num(0));
            code.asm.move(step, num(firstStep));
            code.asm.place(again);
            code.asm.reportAs(step);
            code.asm.load(path, POINTER, table, at);
            code.openInRoot(root, path, O_PATH, 0, fd).onAnyError(missing);
            code.asm.jump(there);
            code.asm.place(missing);
            code.asm.jumpIf(fd, Condition.EQUAL, num(-Errno.ENOENT.number()), next);
            code.asm.jumpIf(fd, Condition.EQUAL, num(-Errno.ENOTDIR.number()), next);
            code.asm.fail(fd);
            code.asm.place(there);
            code.asm.release(path);
        }

        private void close() {
            code.asm.place(next);
            code.asm.add(at, at, num(POINTER));
            code.asm.add(step, step, num(1));
            code.asm.jumpIf(at, Condition.LESS, num((long) POINTER * size), again);
            code.asm.reportAs(num(-1));
            code.asm.release(at, step);
        }
    }
}
