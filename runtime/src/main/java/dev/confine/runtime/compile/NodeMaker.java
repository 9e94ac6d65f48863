package dev.confine.runtime.compile;

import static dev.confine.runtime.compile.Code.num;
import static dev.confine.runtime.compile.Kernel.*;

import dev.confine.launch.Assembler.Call;
import dev.confine.launch.Errno;
import dev.confine.launch.Label;
import dev.confine.launch.Operand.Register;
import dev.confine.launch.Syscall;

/**
 * Makes device nodes in a directory that is open, {@code config-linux.md#devices}. In a user namespace, or without CAP_MKNOD, the host's node is bound in place of a new
 * one, and keeps the mode and the owner that it has there. Another file at that place is an error.
 */
final class NodeMaker {
    private final Code code;
    private final boolean bindsOnly;

    /** @param bindsOnly in a user namespace, where the kernel lets nobody make a device */
    NodeMaker(Code code, boolean bindsOnly) {
        this.code = code;
        this.bindsOnly = bindsOnly;
    }

    /** Belongs to the step that says which node it is. */
    void make(DeviceNode node, Register directory) {
        Label there = new Label();
        Label done = new Label();
        Register fd = code.asm.register();
        cures(node);
        if (node.isPipe()) {
            create(node, directory).onError(Errno.EEXIST, there);
            own(node, directory);
            code.asm.jump(done);
        } else {
            if (!bindsOnly) {
                Label bind = new Label();
                create(node, directory).onAnyError(bind);
                own(node, directory);
                code.asm.jump(done);
                code.asm.place(bind);
            }
            bind(node, directory, fd, there);
        }
        code.asm.place(there);
        expect(node, directory, fd);
        code.asm.place(done);
        code.asm.release(fd);
    }

    private Call create(DeviceNode node, Register directory) {
        return code.call(
                Syscall.MKNODAT, directory, code.text(node.name()), num(node.type() | node.mode()), num(node.number()));
    }

    private void own(DeviceNode node, Register directory) {
        if (node.uid() != 0 || node.gid() != 0) {
            code.call(
                    Syscall.FCHOWNAT,
                    directory,
                    code.text(node.name()),
                    num(node.uid()),
                    num(node.gid()),
                    num(AT_SYMLINK_NOFOLLOW));
        }
    }

    /** What the image may have brought has to be that very device. */
    private void expect(DeviceNode node, Register directory, Register fd) {
        Label wrong = new Label();
        Label right = new Label();
        code.openInRoot(directory, node.name(), O_PATH, RESOLVE_NO_SYMLINKS, fd).onError(Errno.ELOOP, wrong);
        code.stat(fd);
        code.jumpUnless(node, wrong);
        code.call(Syscall.CLOSE, fd);
        code.asm.jump(right);
        code.asm.place(wrong);
        code.asm.fail(num(Errno.EEXIST.number()));
        code.asm.place(right);
    }

    /** Binds the host's node on an empty file; goes on with what follows where something other than an empty file is there. */
    private void bind(DeviceNode node, Register directory, Register fd, Label there) {
        Label file = new Label();
        Label other = new Label();
        Register mount = code.asm.register();
        code.call(Syscall.MKNODAT, directory, code.text(node.name()), num(S_IFREG | node.mode()), num(0))
                .ignoring(Errno.EEXIST);
        code.openInRoot(directory, node.name(), O_PATH, RESOLVE_NO_SYMLINKS, fd).onError(Errno.ELOOP, there);
        code.stat(fd);
        code.jumpIfType(S_IFREG, file);
        code.asm.place(other);
        code.call(Syscall.CLOSE, fd);
        code.asm.jump(there);
        code.asm.place(file);
        code.jumpUnlessEmpty(other);
        code.openTree(node.path(), false, mount);
        if (!node.pointer().isEmpty()) {
            expectOnHost(node, mount);
        }
        // read-only: devices are written to all the same, but who owns the node inside cannot change the host's mode
        // and owner
        code.mountSetattr(mount, false, MOUNT_ATTR_RDONLY | MOUNT_ATTR_NOSUID | MOUNT_ATTR_NOEXEC, 0, MS_PRIVATE);
        code.moveMount(mount, fd);
        code.call(Syscall.CLOSE, mount);
        code.call(Syscall.CLOSE, fd);
        code.asm.release(mount);
    }

    private void expectOnHost(DeviceNode node, Register mount) {
        Label wrong = new Label();
        Label right = new Label();
        code.stat(mount);
        code.jumpUnless(node, wrong);
        code.asm.jump(right);
        code.asm.place(wrong);
        code.asm.fail(num(Errno.ENODEV.number()));
        code.asm.place(right);
    }

    private void cures(DeviceNode node) {
        code.cure(Errno.EEXIST, "the root file system has another file of that name; remove it from the image");
        code.cure(Errno.EROFS, "its directory is on a read-only file system; mount a tmpfs there");
        code.cure(Errno.EINVAL, "an id of its owner is not mapped in the user namespace");
        if (!node.isPipe()) {
            code.cure(
                    Errno.ENOENT,
                    "the kernel lets nobody make a device here, and the host has none of that name to bind");
            code.cure(
                    Errno.ENODEV,
                    "the kernel lets nobody make a device here, and the one of that name on the host is another: it has other numbers");
            code.cure(Errno.EACCES, "root of the container may not enter the directory of the device on the host");
        }
    }
}
