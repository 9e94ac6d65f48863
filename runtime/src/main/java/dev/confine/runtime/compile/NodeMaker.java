package dev.confine.runtime.compile;

import static dev.confine.runtime.compile.Code.num;
import static dev.confine.runtime.compile.Kernel.*;

import dev.confine.launch.Assembler.Call;
import dev.confine.launch.Condition;
import dev.confine.launch.Errno;
import dev.confine.launch.Label;
import dev.confine.launch.Operand.Data;
import dev.confine.launch.Operand.Register;
import dev.confine.launch.Syscall;
import java.util.ArrayList;
import java.util.List;

/**
 * Makes device nodes in directories that are open, {@code config-linux.md#devices}. In a user namespace, or without CAP_MKNOD, one that {@link HostNodes} has made, or
 * else the host's, is bound in place of a new one; the host's keeps the mode and the owner that it has there. Another file at that place is an error.
 *
 * <p>A node that can be made takes one instruction. For all others there is one piece of code, {@link #finish}: it finds what differs in a row of a table, whose
 * address also tells where it came from.
 */
final class NodeMaker {
    private static final int TYPE = 0;
    private static final int FILE_MODE = 8;
    private static final int MAJOR = 16;
    private static final int MINOR = 24;
    private static final int PATH = 32;
    private static final int STEP = 40;
    private static final int SLOT = 48;
    private static final int TYPES = 0x1000;

    private final Code code;
    private final boolean bindsOnly;
    private final HostNodes hostNodes;
    private final List<Detour> detours = new ArrayList<>();
    private final Register directory;
    private final Register name;
    private final Register row;
    private final Label start = new Label();

    /** @param bindsOnly in a user namespace, where the kernel lets nobody make a device */
    NodeMaker(Code code, boolean bindsOnly, HostNodes hostNodes) {
        this.code = code;
        this.bindsOnly = bindsOnly;
        this.hostNodes = hostNodes;
        this.directory = code.asm.register();
        this.name = code.asm.register();
        this.row = code.asm.register();
    }

    /** A node that is not simply made: from where, and where to go on. */
    private record Detour(DeviceNode node, Register in, Data row, Label from, Label back) {}

    /** Belongs to the step that says which node it is. Until {@link #finish} the register {@code in} must hold what is open there. */
    void make(DeviceNode node, Register in) {
        cures(node);
        Data fields = code.asm.words(
                num(node.type()),
                num(S_IFREG | node.mode()),
                num(node.major()),
                num(node.minor()),
                code.text(node.path()),
                num(code.asm.currentStep()),
                hostNodes.slot(node));
        Detour detour = new Detour(node, in, fields, new Label(), new Label());
        detours.add(detour);
        if (bindsOnly && !node.isPipe()) {
            take(detour);
        } else {
            Call create = code.call(
                    Syscall.MKNODAT, in, code.text(node.name()), num(node.type() | node.mode()), num(node.number()));
            if (node.isPipe()) {
                create.onError(Errno.EEXIST, detour.from());
            } else {
                create.onAnyError(detour.from());
            }
            own(node, in);
        }
        code.asm.place(detour.back());
    }

    private void own(DeviceNode node, Register in) {
        if (node.uid() != 0 || node.gid() != 0) {
            code.call(
                    Syscall.FCHOWNAT,
                    in,
                    code.text(node.name()),
                    num(node.uid()),
                    num(node.gid()),
                    num(AT_SYMLINK_NOFOLLOW));
        }
    }

    private void take(Detour detour) {
        code.asm.move(directory, detour.in());
        code.asm.move(name, code.text(detour.node().name()));
        code.asm.move(row, detour.row());
        code.asm.jump(start);
    }

    /** What all detours lead to. Nothing is emitted where there are none. */
    void finish() {
        if (!detours.isEmpty()) {
            Label done = new Label();
            code.asm.jump(done);
            for (Detour detour : detours) {
                code.asm.place(detour.from());
                if (!bindsOnly || detour.node().isPipe()) {
                    take(detour);
                }
            }
            code.step("bind the host's devices, or look at those of the image", "/linux/devices");
            code.asm.place(start);
            Register step = code.asm.register();
            code.asm.load(step, 8, row, num(STEP));
            code.asm.reportAs(step);
            code.asm.release(step);
            bindOrExpect();
            code.asm.reportAs(num(-1));
            for (Detour detour : detours) {
                code.asm.jumpIf(row, Condition.EQUAL, detour.row(), detour.back());
            }
            code.asm.place(done);
        }
        code.asm.release(directory, name, row);
    }

    private void bindOrExpect() {
        Label there = new Label();
        Label done = new Label();
        Register type = code.asm.register();
        Register fd = code.asm.register();
        code.asm.load(type, 8, row, num(TYPE));
        code.asm.jumpIf(type, Condition.EQUAL, num(S_IFIFO), there);
        bind(type, fd, there);
        code.asm.jump(done);
        code.asm.place(there);
        expect(type, fd);
        code.asm.place(done);
        code.asm.release(type, fd);
    }

    /** Binds the host's node on an empty file; goes on with what follows where something other than an empty file is there. */
    private void bind(Register type, Register fd, Label there) {
        Label file = new Label();
        Label other = new Label();
        Register mode = code.asm.register();
        code.asm.load(mode, 8, row, num(FILE_MODE));
        code.call(Syscall.MKNODAT, directory, name, mode, num(0)).ignoring(Errno.EEXIST);
        code.asm.release(mode);
        code.openInRoot(directory, name, O_PATH, RESOLVE_NO_SYMLINKS, fd).onError(Errno.ELOOP, there);
        code.stat(fd);
        code.jumpIfType(S_IFREG, file);
        code.asm.place(other);
        code.call(Syscall.CLOSE, fd);
        code.asm.jump(there);
        code.asm.place(file);
        code.jumpUnlessEmpty(other);
        Register mount = code.asm.register();
        Label open = new Label();
        code.asm.load(mount, 8, row, num(SLOT));
        code.asm.load(mount, 8, mount, num(0));
        code.asm.jumpIf(mount, Condition.NOT_EQUAL, num(HostNodes.NONE), open);
        openOnHost(mount);
        requireDevice(mount, type, Errno.ENODEV);
        // read-only: devices are written to all the same, but who owns the node inside cannot change the host's mode
        // and owner
        code.mountSetattr(mount, false, MOUNT_ATTR_RDONLY | MOUNT_ATTR_NOSUID | MOUNT_ATTR_NOEXEC, 0, MS_PRIVATE);
        code.asm.place(open);
        code.moveMount(mount, fd);
        code.close(mount);
        code.call(Syscall.CLOSE, fd);
    }

    private void openOnHost(Register mount) {
        Register root = code.asm.register();
        Register path = code.asm.register();
        Register found = code.asm.register();
        code.call(Syscall.OPENAT, num(AT_FDCWD), code.text("/"), num(O_PATH | O_CLOEXEC), num(0))
                .into(root);
        code.asm.load(path, 8, row, num(PATH));
        code.openInRoot(root, path, O_PATH, 0, found);
        code.openTreeAlone(found, mount);
        code.asm.release(path);
        code.close(found);
        code.close(root);
    }

    /** What the image may have brought has to be that very device. */
    private void expect(Register type, Register fd) {
        Label link = new Label();
        Label right = new Label();
        code.openInRoot(directory, name, O_PATH, RESOLVE_NO_SYMLINKS, fd).onError(Errno.ELOOP, link);
        requireDevice(fd, type, Errno.EEXIST);
        code.call(Syscall.CLOSE, fd);
        code.asm.jump(right);
        code.asm.place(link);
        code.asm.fail(num(Errno.EEXIST.number()));
        code.asm.place(right);
    }

    /** Fails with {@code errno} unless {@code fd} is such a device or pipe as the row says; its mode and owner may be others. */
    private void requireDevice(Register fd, Register type, Errno errno) {
        Label wrong = new Label();
        Label right = new Label();
        Register is = code.asm.register();
        Register wanted = code.asm.register();
        code.stat(fd);
        code.asm.load(is, 2, code.statx(), num(Code.STATX_MODE));
        code.asm.jumpIf(is, Condition.LESS, type, wrong);
        code.asm.add(wanted, type, num(TYPES));
        code.asm.jumpIf(is, Condition.AT_LEAST, wanted, wrong);
        code.asm.load(is, 4, code.statx(), num(Code.STATX_RDEV_MAJOR));
        code.asm.load(wanted, 8, row, num(MAJOR));
        code.asm.jumpIf(is, Condition.NOT_EQUAL, wanted, wrong);
        code.asm.load(is, 4, code.statx(), num(Code.STATX_RDEV_MINOR));
        code.asm.load(wanted, 8, row, num(MINOR));
        code.asm.jumpIf(is, Condition.EQUAL, wanted, right);
        code.asm.place(wrong);
        code.asm.fail(num(errno.number()));
        code.asm.place(right);
        code.asm.release(is, wanted);
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
