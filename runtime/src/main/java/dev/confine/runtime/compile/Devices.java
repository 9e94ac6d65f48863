package dev.confine.runtime.compile;

import static dev.confine.runtime.compile.Code.num;
import static dev.confine.runtime.compile.Kernel.*;

import dev.confine.launch.Errno;
import dev.confine.launch.Label;
import dev.confine.launch.Operand.Register;
import dev.confine.launch.Syscall;
import dev.confine.spec.Mount;
import dev.confine.spec.NamespaceType;
import java.util.List;

/**
 * The devices and links every container has, {@code config-linux.md#default-devices}. Root makes the nodes; in a user namespace, or without CAP_MKNOD, the
 * host's are bound. Where config.json binds a directory on /dev, that one is left alone.
 */
final class Devices {
    private static final int MODE = 0666;

    private record Node(String name, int major, int minor) {}

    private static final Node[] NODES = {
        new Node("null", 1, 3),
        new Node("zero", 1, 5),
        new Node("full", 1, 7),
        new Node("random", 1, 8),
        new Node("urandom", 1, 9),
        new Node("tty", 5, 0)
    };

    private static final String[][] LINKS = {
        {"/proc/self/fd", "fd"},
        {"/proc/self/fd/0", "stdin"},
        {"/proc/self/fd/1", "stdout"},
        {"/proc/self/fd/2", "stderr"},
        {"pts/ptmx", "ptmx"}
    };

    private final Code code;
    private final Blueprint blueprint;

    Devices(Code code, Blueprint blueprint) {
        this.code = code;
        this.blueprint = blueprint;
    }

    void emit(Register root) {
        if (bound()) {
            return;
        }
        Register dev = code.asm.register();
        code.step("open /dev", "");
        new Targets(code, root).directory("/dev", RESOLVE_NO_SYMLINKS, dev);
        for (Node node : NODES) {
            device(node, dev);
        }
        for (String[] link : LINKS) {
            code.step("link /dev/" + link[1] + " to " + link[0], "");
            code.call(Syscall.SYMLINKAT, code.text(link[0]), dev, code.text(link[1]))
                    .ignoring(Errno.EEXIST);
        }
        code.close(dev);
    }

    private boolean bound() {
        for (Mount mount : blueprint.spec().mounts()) {
            boolean dev = Targets.components(mount.destination()).equals(List.of("dev"));
            if (dev && Sources.isBind(mount, MountWords.of(mount.options()))) {
                return true;
            }
        }
        return false;
    }

    private void device(Node node, Register dev) {
        Label there = new Label();
        Label wrong = new Label();
        Label next = new Label();
        Register fd = code.asm.register();
        code.step("make /dev/" + node.name(), "");
        code.cure(Errno.EEXIST, "the root file system has another file of that name; remove it from the image");
        code.cure(Errno.EROFS, "/dev is on a read-only file system; mount a tmpfs on it");
        if (!blueprint.has(NamespaceType.USER)) {
            Label bind = new Label();
            long device = (long) node.major() << 8 | node.minor();
            code.call(Syscall.MKNODAT, dev, code.text(node.name()), num(S_IFCHR | MODE), num(device))
                    .into(fd)
                    .onAnyError(bind);
            code.asm.jump(next);
            code.asm.place(bind);
        }
        bind(node, dev, fd, there);
        code.asm.place(there);
        // what the image may have brought has to be that very device
        code.openInRoot(dev, node.name(), O_PATH, RESOLVE_NO_SYMLINKS, fd).onError(Errno.ELOOP, wrong);
        code.stat(fd);
        code.jumpUnlessDevice(node.major(), node.minor(), wrong);
        code.call(Syscall.CLOSE, fd);
        code.asm.jump(next);
        code.asm.place(wrong);
        code.asm.fail(num(Errno.EEXIST.number()));
        code.asm.place(next);
        code.asm.release(fd);
    }

    /** Binds the host's node on an empty file; goes to {@code there} where something other than an empty file is already. */
    private void bind(Node node, Register dev, Register fd, Label there) {
        Label made = new Label();
        Register mount = code.asm.register();
        code.call(Syscall.MKNODAT, dev, code.text(node.name()), num(S_IFREG | MODE), num(0))
                .ignoring(Errno.EEXIST);
        code.openInRoot(dev, node.name(), O_PATH, RESOLVE_NO_SYMLINKS, fd).onError(Errno.ELOOP, there);
        code.stat(fd);
        code.jumpIfType(S_IFREG, made);
        code.call(Syscall.CLOSE, fd);
        code.asm.jump(there);
        code.asm.place(made);
        code.openTree("/dev/" + node.name(), false, mount);
        // read-only: devices are written to all the same, but who owns the node inside cannot change the host's mode
        // and owner
        code.mountSetattr(mount, false, MOUNT_ATTR_RDONLY, 0, MS_PRIVATE);
        code.moveMount(mount, fd);
        code.call(Syscall.CLOSE, mount);
        code.call(Syscall.CLOSE, fd);
        code.asm.release(mount);
    }
}
