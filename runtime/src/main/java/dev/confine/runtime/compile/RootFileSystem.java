package dev.confine.runtime.compile;

import static dev.confine.runtime.compile.Code.num;
import static dev.confine.runtime.compile.Kernel.*;

import dev.confine.launch.Errno;
import dev.confine.launch.Operand.Register;
import dev.confine.launch.Syscall;
import dev.confine.spec.Mount;
import dev.confine.spec.RootfsPropagation;

/**
 * The container's root: attached over the root of the new mount namespace, which needs no path that the container's root could reach, and entered with
 * pivot_root(2). Until then absolute paths are the host's, because a process does not see what is mounted over its root.
 */
final class RootFileSystem {
    private final Code code;
    private final Blueprint blueprint;
    private final Sources sources;

    RootFileSystem(Code code, Blueprint blueprint, Sources sources) {
        this.code = code;
        this.blueprint = blueprint;
        this.sources = sources;
    }

    Register attach() {
        Register root = code.asm.register();
        code.step("keep mounts from reaching the host", "/linux/rootfsPropagation");
        code.cure(Errno.EINVAL, "your root directory is no mount point (are you in a chroot?)");
        code.call(
                Syscall.MOUNT_SETATTR,
                num(AT_FDCWD),
                code.text("/"),
                num(AT_RECURSIVE),
                code.struct(0, 0, MS_SLAVE, 0),
                num(32));
        code.step("attach the root file system", "/root/path");
        sources.root(root);
        code.call(Syscall.MOVE_MOUNT, root, code.text(""), num(AT_FDCWD), code.text("/"), num(MOVE_MOUNT_F_EMPTY_PATH));
        return root;
    }

    void enter(Register root) {
        if (blueprint.root().readonly()) {
            code.step("make the root file system read-only", "/root/readonly");
            code.mountSetattr(root, false, MOUNT_ATTR_RDONLY, 0, 0);
        }
        code.step("enter the root file system", "/root/path");
        code.call(Syscall.FCHDIR, root);
        if (blueprint.request().noPivot()) {
            code.call(Syscall.CHROOT, code.text("."));
        } else {
            code.cure(Errno.EINVAL, "your root directory is the initial ramdisk's or no mount point; use --no-pivot");
            code.call(Syscall.PIVOT_ROOT, code.text("."), code.text("."));
            code.call(Syscall.UMOUNT2, code.text("."), num(MNT_DETACH));
            leaveCovered();
        }
        code.call(Syscall.CHDIR, code.text("/"));
        RootfsPropagation propagation = blueprint.spec().linux().rootfsPropagation();
        if (propagation != null) {
            code.step("set the propagation of the root to " + propagation, "/linux/rootfsPropagation");
            code.mountSetattr(root, recursive(propagation), 0, 0, flag(propagation));
        }
    }

    /**
     * What a mount on {@code /} covers lies on the host's root and went first, being uppermost; so each such mount leaves one more to unmount, the last of
     * which is the host's root.
     */
    private void leaveCovered() {
        for (Mount mount : blueprint.spec().mounts()) {
            if (Targets.components(mount.destination()).isEmpty() && !MountWords.of(mount.options()).remount) {
                code.call(Syscall.UMOUNT2, code.text("."), num(MNT_DETACH));
            }
        }
    }

    private static boolean recursive(RootfsPropagation propagation) {
        return propagation.toString().startsWith("r");
    }

    private static long flag(RootfsPropagation propagation) {
        return switch (propagation) {
            case PRIVATE, RPRIVATE -> MS_PRIVATE;
            case SHARED, RSHARED -> MS_SHARED;
            case SLAVE, RSLAVE -> MS_SLAVE;
            case UNBINDABLE, RUNBINDABLE -> MS_UNBINDABLE;
        };
    }
}
