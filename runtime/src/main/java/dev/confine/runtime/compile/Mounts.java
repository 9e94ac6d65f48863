package dev.confine.runtime.compile;

import static dev.confine.runtime.compile.Code.num;
import static dev.confine.runtime.compile.Kernel.*;

import dev.confine.ConfineException;
import dev.confine.launch.Assembler.Call;
import dev.confine.launch.Errno;
import dev.confine.launch.Label;
import dev.confine.launch.Operand.Data;
import dev.confine.launch.Operand.Register;
import dev.confine.launch.Syscall;
import dev.confine.spec.Mount;
import java.util.List;

/** The mounts of config.json in their order, each made detached and then attached by file descriptor, {@code config.md#mounts}. */
final class Mounts {
    /** fsconfig(2) takes values below this many bytes. */
    private static final int LONGEST_VALUE = 256;

    private final Code code;
    private final Blueprint blueprint;
    private final Sources sources;

    Mounts(Code code, Blueprint blueprint, Sources sources) {
        this.code = code;
        this.blueprint = blueprint;
        this.sources = sources;
    }

    void emit(Register root) {
        List<Mount> mounts = blueprint.spec().mounts();
        Register target = code.asm.register();
        Register mount = code.asm.register();
        for (int i = 0; i < mounts.size(); i++) {
            MountWords words = MountWords.of(mounts.get(i).options());
            emit(i, mounts.get(i), words, root, target, mount);
        }
        code.asm.release(target, mount);
    }

    private void emit(int index, Mount spec, MountWords words, Register root, Register target, Register mount) {
        String destination = spec.destination().startsWith("/") ? spec.destination() : "/" + spec.destination();
        String pointer = "/mounts/" + index;
        if (words.remount) {
            code.step("remount " + destination, pointer);
            remount(destination, words, root, target);
        } else if (Sources.isBind(spec, words)) {
            code.step("bind " + blueprint.onHost(spec.source()) + " on " + destination, pointer);
            refuseData(words, pointer);
            sources.bind(index, mount);
            attributes(mount, words);
            attach(destination, 0, true, root, target, mount);
            propagate(mount, words);
            close(mount, destination);
        } else {
            code.step("mount " + spec.type() + " on " + destination, pointer);
            create(spec, words, pointer, mount);
            attach(destination, trusted(spec.type()) ? RESOLVE_NO_SYMLINKS : 0, false, root, target, mount);
            propagate(mount, words);
            close(mount, destination);
        }
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

    private void attach(
            String destination, long resolve, boolean likeSource, Register root, Register target, Register mount) {
        if (Targets.components(destination).isEmpty()) {
            // the mount becomes the root
            code.moveMount(mount, root);
            code.call(Syscall.CLOSE, root);
            code.asm.move(root, mount);
            return;
        }
        code.cure(Errno.ELOOP, "the destination or a directory on the way is a symbolic link in the root file system");
        code.cure(Errno.ENOENT, "the destination or a directory on the way is a symbolic link to what is not there");
        code.cure(Errno.ENOTDIR, "a directory on the way to the destination is a file");
        code.cure(
                Errno.EACCES,
                "the destination does not exist and root of the container may not make it: make it, or give the root file system to root of"
                        + " the container (chown, --idmap-rootfs)");
        code.cure(Errno.EROFS, "the destination does not exist and cannot be made on a read-only file system");
        Targets targets = new Targets(code, root);
        if (likeSource) {
            code.cure(Errno.EINVAL, "a directory cannot be mounted on a file, nor a file on a directory");
            targets.like(mount, destination, target);
        } else {
            targets.directory(destination, resolve, target);
        }
        code.moveMount(mount, target);
        code.call(Syscall.CLOSE, target);
    }

    private void attributes(Register mount, MountWords words) {
        if ((words.set | words.clear) != 0) {
            code.mountSetattr(mount, false, words.set, words.clear, 0);
        }
        if ((words.recursiveSet | words.recursiveClear) != 0) {
            code.mountSetattr(mount, true, words.recursiveSet, words.recursiveClear, 0);
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
            Register context = code.asm.register();
            code.call(Syscall.FSPICK, target, code.text(""), num(FSPICK_CLOEXEC | FSPICK_EMPTY_PATH))
                    .into(context);
            configure(context, words, "");
            configured(
                    context,
                    code.call(Syscall.FSCONFIG, context, num(FSCONFIG_CMD_RECONFIGURE), num(0), num(0), num(0)));
            code.close(context);
        }
        code.call(Syscall.CLOSE, target);
    }

    private void create(Mount spec, MountWords words, String pointer, Register mount) {
        Register context = code.asm.register();
        Label attached = new Label();
        Label borrowed = new Label();
        cures(spec.type());
        boolean borrowable = spec.type().equals("sysfs");
        Call open = code.call(Syscall.FSOPEN, code.text(spec.type()), num(FSOPEN_CLOEXEC))
                .into(context);
        if (borrowable) {
            open.onError(Errno.EPERM, borrowed);
        }
        if (!spec.source().isEmpty()) {
            string(context, "source", spec.source());
        }
        configure(context, words, pointer);
        configured(context, code.call(Syscall.FSCONFIG, context, num(FSCONFIG_CMD_CREATE), num(0), num(0), num(0)));
        // nothing is mounted beneath a new one, so recursive words mean what the plain ones do
        long attributes = (words.set & ~words.recursiveClear) | words.recursiveSet;
        Call make = code.call(Syscall.FSMOUNT, context, num(FSMOUNT_CLOEXEC), num(attributes))
                .into(mount);
        if (borrowable) {
            make.onError(Errno.EPERM, borrowed);
        }
        code.call(Syscall.CLOSE, context);
        if (borrowable) {
            code.asm.jump(attached);
            code.asm.place(borrowed);
            borrowSys(mount);
            code.asm.place(attached);
        }
        code.asm.release(context);
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

    private void configure(Register context, MountWords words, String pointer) {
        for (String flag : words.superblock) {
            flag(context, flag);
        }
        for (String option : words.data) {
            int equals = option.indexOf('=');
            if (equals < 0) {
                flag(context, option);
            } else {
                value(context, option.substring(0, equals), option.substring(equals + 1), pointer);
            }
        }
    }

    private void value(Register context, String key, String value, String pointer) {
        if (value.length() < LONGEST_VALUE) {
            string(context, key, value);
        } else if (key.equals("lowerdir")) {
            // Linux ≥ 6.5 takes the layers one by one
            for (String layer : value.split(":", -1)) {
                string(context, "lowerdir+", layer);
            }
        } else {
            throw new ConfineException("config.json " + pointer + "/options: the value of " + key + " has "
                    + value.length() + " characters, and the kernel takes at most " + (LONGEST_VALUE - 1));
        }
    }

    private void flag(Register context, String name) {
        configured(
                context, code.call(Syscall.FSCONFIG, context, num(FSCONFIG_SET_FLAG), code.text(name), num(0), num(0)));
    }

    private void string(Register context, String key, String value) {
        configured(
                context,
                code.call(
                        Syscall.FSCONFIG, context, num(FSCONFIG_SET_STRING), code.text(key), code.text(value), num(0)));
    }

    /** A file system says in words what it does not like; they are sent before the step fails. */
    private void configured(Register context, Call call) {
        Register result = code.asm.register();
        Register length = code.asm.register();
        Label failed = new Label();
        Label done = new Label();
        Label said = new Label();
        call.into(result).onAnyError(failed);
        code.asm.jump(done);
        code.asm.place(failed);
        Data words = code.scratch(256);
        code.call(Syscall.READ, context, words, num(256)).into(length).onAnyError(said);
        code.asm.sendBytes(Tags.FILE_SYSTEM_SAYS, words, length);
        code.asm.place(said);
        code.asm.fail(result);
        code.asm.place(done);
        code.asm.release(result, length);
    }

    private static void refuseData(MountWords words, String pointer) {
        if (!words.data.isEmpty()) {
            throw new ConfineException("config.json " + pointer + "/options: a bind mount does not take " + words.data
                    + ", which is data for a new file system; remove it");
        }
        if (!words.superblock.isEmpty()) {
            throw new ConfineException("config.json " + pointer + "/options: a bind mount does not take "
                    + words.superblock + ": it belongs to the file system, which the host has mounted; remove it");
        }
    }
}
