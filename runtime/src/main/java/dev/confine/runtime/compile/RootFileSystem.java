package dev.confine.runtime.compile;

import static dev.confine.runtime.compile.Code.num;
import static dev.confine.runtime.compile.Kernel.*;

import dev.confine.launch.Condition;
import dev.confine.launch.Errno;
import dev.confine.launch.Label;
import dev.confine.launch.Operand.Register;
import dev.confine.launch.Syscall;
import dev.confine.spec.Mount;
import dev.confine.spec.NamespaceType;
import dev.confine.spec.RootfsPropagation;
import org.jspecify.annotations.Nullable;

/**
 * The container's root: attached over the root of the new mount namespace, which needs no path that the container's root could reach, and entered with
 * pivot_root(2). Until then absolute paths are the host's, because a process does not see what is mounted over its root. Hooks that run before that look for it
 * at its own path: where there are any it is attached there.
 *
 * <p>A container without a mount namespace of its own is in the runtime's, where nothing is mounted for it: its root stays a detached tree, with its mounts
 * beneath it (Linux ≥ 6.15), which no other process sees and which goes with the container's last process. It is entered with chroot(2).
 */
final class RootFileSystem {
    private final Code code;
    private final Blueprint blueprint;
    private final Sources sources;
    private @Nullable Register place;

    RootFileSystem(Code code, Blueprint blueprint, Sources sources) {
        this.code = code;
        this.blueprint = blueprint;
        this.sources = sources;
    }

    /** Opens the place of the root file system in the new mount namespace, as the caller, who may enter directories that are closed to the container's root. */
    void findPlace() {
        if (!blueprint.hasCreateHooks() || !blueprint.isNew(NamespaceType.MOUNT)) {
            return;
        }
        Register found = code.asm.register();
        String path = blueprint.onHost(blueprint.root().path());
        code.step("find the place of the root file system for the hooks", "/root/path");
        // EACCES: a directory on the way is closed to this process, and so to every hook in the container
        code.call(Syscall.OPENAT, num(AT_FDCWD), code.text(path), num(O_PATH | O_CLOEXEC), num(0))
                .into(found)
                .ignoring(Errno.EACCES);
        place = found;
    }

    Register attach() {
        Register root = code.asm.register();
        if (!blueprint.has(NamespaceType.MOUNT)) {
            code.step("take the root file system", "/root/path");
            sources.root(root);
            return root;
        }
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
        if (place == null) {
            attachOverRoot(root);
        } else {
            attachAtPlace(root, place);
        }
        return root;
    }

    private void attachOverRoot(Register root) {
        code.call(Syscall.MOVE_MOUNT, root, code.text(""), num(AT_FDCWD), code.text("/"), num(MOVE_MOUNT_F_EMPTY_PATH));
    }

    private void attachAtPlace(Register root, Register place) {
        Label closed = new Label();
        Label attached = new Label();
        code.asm.jumpIf(place, Condition.LESS, num(0), closed);
        code.moveMount(root, place);
        code.call(Syscall.CLOSE, place);
        code.asm.jump(attached);
        code.asm.place(closed);
        attachOverRoot(root);
        code.asm.place(attached);
    }

    void enter(Register root) {
        if (blueprint.root().readonly()) {
            code.step("make the root file system read-only", "/root/readonly");
            code.mountSetattr(root, false, MOUNT_ATTR_RDONLY, 0, 0);
        }
        code.step("enter the root file system", "/root/path");
        code.call(Syscall.FCHDIR, root);
        if (blueprint.request().noPivot() || !blueprint.has(NamespaceType.MOUNT)) {
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
     * which is the host's root. At its own place it lies elsewhere and went with the host's root.
     */
    private void leaveCovered() {
        Label left = new Label();
        if (place != null) {
            code.asm.jumpIf(place, Condition.AT_LEAST, num(0), left);
        }
        for (Mount mount : blueprint.spec().mounts()) {
            if (Targets.components(mount.destination()).isEmpty() && !MountWords.of(mount.options()).remount) {
                code.call(Syscall.UMOUNT2, code.text("."), num(MNT_DETACH));
            }
        }
        code.asm.place(left);
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
