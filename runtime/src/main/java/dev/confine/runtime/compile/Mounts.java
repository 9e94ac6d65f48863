package dev.confine.runtime.compile;

import static dev.confine.runtime.compile.Code.num;
import static dev.confine.runtime.compile.Kernel.*;

import dev.confine.launch.Assembler.Call;
import dev.confine.launch.Errno;
import dev.confine.launch.Label;
import dev.confine.launch.Operand.Data;
import dev.confine.launch.Operand.Register;
import dev.confine.launch.Syscall;
import dev.confine.spec.Mount;
import dev.confine.spec.NamespaceType;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The mounts of config.json in their order: all are made detached, and then attached by file descriptor, {@code config.md#mounts}. */
final class Mounts {
    private final Code code;
    private final Blueprint blueprint;
    private final Sources sources;
    private final MountLabel label;
    /** Else the root is a detached tree. */
    private final boolean inNamespace;

    private final Map<Integer, Data> made = new HashMap<>();

    Mounts(Code code, Blueprint blueprint, Sources sources) {
        this.code = code;
        this.blueprint = blueprint;
        this.sources = sources;
        this.inNamespace = blueprint.has(NamespaceType.MOUNT);
        this.label = new MountLabel(code, blueprint.spec().linux().mountLabel());
    }

    /** Makes what is attached later. */
    void make() {
        List<Mount> mounts = blueprint.mounts();
        Register mount = code.asm.register();
        for (int i = 0; i < mounts.size(); i++) {
            Mount spec = mounts.get(i);
            MountWords words = MountWords.of(spec.options());
            if (words.remount || CgroupMounts.isOne(spec)) {
                continue;
            }
            if (Sources.isBind(spec, words)) {
                sources.openInItsTurn(i, spec, words, mount);
            } else {
                Data slot = code.asm.zeros(4);
                String pointer = blueprint.mountPointer(i, "");
                code.step("mount " + spec.type() + " on " + destination(spec), pointer);
                create(spec, words, pointer, mount);
                code.asm.store(4, slot, num(0), mount);
                made.put(i, slot);
            }
        }
        code.asm.release(mount);
    }

    private static String destination(Mount spec) {
        return spec.destination().startsWith("/") ? spec.destination() : "/" + spec.destination();
    }

    /** Attaches them. */
    void emit(Register root) {
        List<Mount> mounts = blueprint.mounts();
        Register target = code.asm.register();
        Register mount = code.asm.register();
        for (int i = 0; i < mounts.size(); i++) {
            MountWords words = MountWords.of(mounts.get(i).options());
            emit(i, mounts.get(i), words, root, target, mount);
        }
        code.asm.release(target, mount);
    }

    private void emit(int index, Mount spec, MountWords words, Register root, Register target, Register mount) {
        String destination = destination(spec);
        String pointer = blueprint.mountPointer(index, "");
        if (words.remount) {
            code.step("remount " + destination, pointer);
            remount(destination, words, root, target);
        } else if (Sources.isBind(spec, words)) {
            code.step("bind " + blueprint.onHost(spec.source()) + " on " + destination, pointer);
            IgnoredOptions.refuse(words, pointer);
            sources.bind(index, mount);
            attributes(mount, words);
            open(destination, 0, true, root, target, mount);
            attachAndPropagate(destination, words, root, target, mount);
            close(mount, destination);
        } else if (CgroupMounts.isOne(spec)) {
            code.step("mount the container's cgroups on " + destination, pointer);
            CgroupMounts cgroups = new CgroupMounts(code, blueprint, sources.cgroups(index));
            cgroups.open(words, pointer, mount);
            open(destination, RESOLVE_NO_SYMLINKS, false, root, target, mount);
            if (inNamespace) {
                attach(destination, root, target, mount);
                cgroups.fill(words, mount);
                propagate(mount, words);
            } else {
                cgroups.fill(words, mount);
                propagate(mount, words);
                attach(destination, root, target, mount);
            }
            close(mount, destination);
        } else {
            code.step("mount " + spec.type() + " on " + destination, pointer);
            code.asm.load(mount, 4, made(index), num(0));
            open(destination, trusted(spec.type()) ? RESOLVE_NO_SYMLINKS : 0, false, root, target, mount);
            if (words.copyUp) {
                copyUp(
                        destination,
                        words,
                        pointer,
                        Targets.components(destination).isEmpty() ? root : target,
                        mount);
            }
            attachAndPropagate(destination, words, root, target, mount);
            close(mount, destination);
        }
    }

    private Data made(int index) {
        Data slot = made.get(index);
        if (slot == null) {
            throw new IllegalStateException("mount " + index + " is not made");
        }
        return slot;
    }

    /** What became the root stays open as that. */
    private void close(Register mount, String destination) {
        if (!Targets.components(destination).isEmpty()) {
            code.call(Syscall.CLOSE, mount);
        }
    }

    /** What programs rely on to be the kernel's own is never mounted where an image put a symbolic link. */
    private static boolean trusted(String type) {
        return type.equals("proc") || type.equals("sysfs");
    }

    /** Opens the destination, where it is not the root itself; one that is missing is made. */
    private void open(
            String destination, long resolve, boolean likeSource, Register root, Register target, Register mount) {
        if (Targets.components(destination).isEmpty()) {
            return;
        }
        code.cure(Errno.ELOOP, "the destination or a directory on the way is a symbolic link in the root file system");
        code.cure(
                Errno.ENOENT,
                "a directory on the way to the destination is a symbolic link to what is not there, or the destination is one into a missing directory");
        code.cure(Errno.ENOTDIR, "a directory on the way to the destination is a file");
        code.cure(
                Errno.EACCES,
                "the destination does not exist and root of the container may not make it: make it, or give the root file system to root of"
                        + " the container (chown, --idmap-rootfs)");
        code.cure(Errno.EROFS, "the destination does not exist and cannot be made on a read-only file system");
        if (!inNamespace) {
            code.cure(
                    Errno.EINVAL,
                    "mounts of a container without a mount namespace take Linux 6.15: add {\"type\": \"mount\"} to /linux/namespaces");
        }
        Targets targets = new Targets(code, root);
        if (likeSource) {
            code.cure(Errno.EINVAL, "a directory cannot be mounted on a file, nor a file on a directory");
            targets.like(mount, destination, target);
        } else {
            targets.directory(destination, resolve, target);
        }
    }

    private void attach(String destination, Register root, Register target, Register mount) {
        if (Targets.components(destination).isEmpty()) {
            // the mount becomes the root; without a mount namespace both are detached trees, and this one goes
            if (inNamespace) {
                code.moveMount(mount, root);
            }
            code.call(Syscall.CLOSE, root);
            code.asm.move(root, mount);
            return;
        }
        code.moveMount(mount, target);
        code.call(Syscall.CLOSE, target);
    }

    /** What is beneath the destination goes into the new file system before it is attached, and before it is read-only. */
    private void copyUp(String destination, MountWords words, String pointer, Register covered, Register mount) {
        code.step("copy what is in " + destination + " into the new file system", pointer);
        new CopyUp(code).copy(covered, mount);
        if (readOnly(words)) {
            code.mountSetattr(mount, false, MOUNT_ATTR_RDONLY, 0, 0);
        }
    }

    private static boolean readOnly(MountWords words) {
        return ((words.set | words.recursiveSet) & ~words.recursiveClear & MOUNT_ATTR_RDONLY) != 0;
    }

    private void attributes(Register mount, MountWords words) {
        if ((words.set | words.clear) != 0) {
            code.mountSetattr(mount, false, words.set, words.clear, 0);
        }
        if ((words.recursiveSet | words.recursiveClear) != 0) {
            code.mountSetattr(mount, true, words.recursiveSet, words.recursiveClear, 0);
        }
    }

    /** The kernel lets nobody change what is attached in another mount namespace than the process's, or in none. */
    private void attachAndPropagate(
            String destination, MountWords words, Register root, Register target, Register mount) {
        if (inNamespace) {
            attach(destination, root, target, mount);
            propagate(mount, words);
        } else {
            propagate(mount, words);
            attach(destination, root, target, mount);
        }
    }

    private void propagate(Register mount, MountWords words) {
        for (long flag : words.propagation) {
            code.mountSetattr(mount, flag < 0, 0, 0, Math.abs(flag));
        }
    }

    private void remount(String destination, MountWords words, Register root, Register target) {
        code.cure(Errno.EINVAL, "nothing is mounted there");
        code.cure(Errno.EPERM, "an attribute that the host set cannot be taken away in a user namespace");
        code.openInRoot(root, destination, O_PATH, 0, target);
        attributes(target, words);
        propagate(target, words);
        if (!words.superblock.isEmpty() || !words.data.isEmpty()) {
            FileSystemContext context = FileSystemContext.pick(code, target);
            context.options(words, "");
            context.command(FSCONFIG_CMD_RECONFIGURE);
            context.close();
        }
        code.call(Syscall.CLOSE, target);
    }

    private void create(Mount spec, MountWords words, String pointer, Register mount) {
        Label attached = new Label();
        Label borrowed = new Label();
        cures(spec.type());
        boolean borrowable = spec.type().equals("sysfs");
        FileSystemContext context = new FileSystemContext(code);
        Call open = context.open(spec.type());
        if (borrowable) {
            open.onError(Errno.EPERM, borrowed);
        }
        if (!spec.source().isEmpty()) {
            context.string("source", spec.source());
        }
        context.options(words, pointer);
        label.configure(context, spec.type(), words);
        context.command(FSCONFIG_CMD_CREATE);
        // nothing is mounted beneath a new one, so recursive words mean what the plain ones do
        long attributes = (words.set & ~words.recursiveClear) | words.recursiveSet;
        if (words.copyUp) {
            attributes &= ~MOUNT_ATTR_RDONLY;
        }
        Call make = context.mount(attributes, mount);
        if (borrowable) {
            make.onError(Errno.EPERM, borrowed);
        }
        context.close();
        label.finish(mount, spec.type());
        if (borrowable) {
            code.asm.jump(attached);
            code.asm.place(borrowed);
            borrowSys(mount);
            code.asm.place(attached);
        }
    }

    /** Without a network namespace of its own a user namespace may not mount sysfs: it gets the host's, read-only. */
    private void borrowSys(Register mount) {
        code.openTree("/sys", true, mount);
        long attributes = MOUNT_ATTR_RDONLY | MOUNT_ATTR_NOSUID | MOUNT_ATTR_NODEV | MOUNT_ATTR_NOEXEC;
        code.mountSetattr(mount, true, attributes, 0, MS_PRIVATE);
    }

    private void cures(String type) {
        code.cure(Errno.ENODEV, "the running kernel has no file system of that name");
        code.cure(
                Errno.EPERM,
                switch (type) {
                    case "proc" ->
                        "a user namespace may mount proc only with a pid namespace of its own, and only if nothing is mounted over a"
                                + " part of the caller's /proc (as in a container with masked paths); add {\"type\": \"pid\"} to /linux/namespaces, or bind /proc";
                    case "mqueue" ->
                        "a user namespace may mount mqueue only with an ipc namespace of its own; add {\"type\": \"ipc\"} to /linux/namespaces";
                    default -> "a user namespace may not mount this file system";
                });
    }
}
