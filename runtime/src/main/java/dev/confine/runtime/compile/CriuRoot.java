package dev.confine.runtime.compile;

import static dev.confine.runtime.compile.Code.num;
import static dev.confine.runtime.compile.Kernel.*;

import dev.confine.launch.Errno;
import dev.confine.launch.Operand.Register;
import dev.confine.launch.Syscall;
import dev.confine.spec.Mount;
import java.util.ArrayList;
import java.util.List;

/**
 * The root file system as criu wants it for a restore: a mount whose parent nothing is mounted over, with the places for the container's mounts in it. It is made in a
 * mount namespace of criu's own, beneath a tmpfs, so that nothing of it is ever on the host.
 */
public final class CriuRoot {
    private static final String NAME = "root";

    private final Code code;
    private final Blueprint blueprint;

    CriuRoot(Code code, Blueprint blueprint) {
        this.code = code;
        this.blueprint = blueprint;
    }

    /** Where criu finds it. */
    public static String path(String stateDirectory) {
        return stateDirectory + "/" + NAME;
    }

    void make() {
        Register place = code.asm.register();
        Register mount = code.asm.register();
        Register root = code.asm.register();
        String path = blueprint.onHost(blueprint.root().path());
        code.step("make a mount namespace for criu", "");
        code.cure(Errno.EPERM, "criu restores a container for root alone");
        code.call(Syscall.UNSHARE, num(CLONE_NEWNS));
        code.call(
                Syscall.MOUNT_SETATTR,
                num(AT_FDCWD),
                code.text("/"),
                num(AT_RECURSIVE),
                code.struct(0, 0, MS_SLAVE, 0),
                num(32));
        code.step("open the root file system " + path, "/root/path");
        code.openTree(path, true, root);
        code.step("mount the root file system for criu", "/root/path");
        code.call(
                        Syscall.OPENAT,
                        num(AT_FDCWD),
                        code.text(blueprint.stateDirectory()),
                        num(O_PATH | O_DIRECTORY | O_CLOEXEC),
                        num(0))
                .into(place);
        FileSystemContext context = new FileSystemContext(code);
        context.open("tmpfs");
        context.command(FSCONFIG_CMD_CREATE);
        context.mount(0, mount);
        context.close();
        code.call(Syscall.MKDIRAT, mount, code.text(NAME), num(0755));
        code.moveMount(mount, place);
        code.call(Syscall.CLOSE, place);
        code.openInRoot(mount, NAME, O_PATH, RESOLVE_NO_SYMLINKS, place);
        code.moveMount(root, place);
        makePlaces(root);
        code.asm.release(place, mount, root);
    }

    /** What lies on another mount than the root is not made: criu restores a tmpfs whole, and what the host has is the host's. */
    private void makePlaces(Register root) {
        List<String> mounted = new ArrayList<>();
        List<Mount> mounts = blueprint.mounts();
        Targets targets = new Targets(code, root);
        for (int i = 0; i < mounts.size(); i++) {
            Mount mount = mounts.get(i);
            if (!isBeneath(mount.destination(), mounted)) {
                make(mount, i, targets);
            }
            mounted.add(mount.destination());
        }
    }

    private static boolean isBeneath(String destination, List<String> mounted) {
        for (String other : mounted) {
            if (destination.startsWith(other.endsWith("/") ? other : other + "/")) {
                return true;
            }
        }
        return false;
    }

    private void make(Mount mount, int index, Targets targets) {
        Register place = code.asm.register();
        code.step("make a place for the mount on " + mount.destination(), blueprint.mountPointer(index, ""));
        if (Sources.isBind(mount, MountWords.of(mount.options()))) {
            Register source = code.asm.register();
            String path = blueprint.onHost(mount.source());
            code.call(Syscall.OPENAT, num(AT_FDCWD), code.text(path), num(O_PATH | O_CLOEXEC), num(0))
                    .into(source);
            targets.like(source, mount.destination(), place);
            code.close(source);
        } else {
            targets.directory(mount.destination(), 0, place);
        }
        code.close(place);
    }
}
