package dev.confine.runtime.compile;

import static dev.confine.runtime.compile.Code.num;
import static dev.confine.runtime.compile.Kernel.*;

import dev.confine.launch.Condition;
import dev.confine.launch.Errno;
import dev.confine.launch.Label;
import dev.confine.launch.Operand.Data;
import dev.confine.launch.Operand.Register;
import dev.confine.launch.Syscall;
import dev.confine.runtime.cgroup.Visible;
import dev.confine.spec.Mount;
import dev.confine.spec.RootfsPropagation;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What comes from the host: the root file system and the sources of bind mounts, opened as detached mounts while the process is still who the caller is, so
 * that a private directory on the way is no obstacle. An ordinary user opens them first thing in the container's process; root, which may everywhere, in the front before
 * the namespaces. Only where it is as much root in a mount namespace that is made, it opens a source there, in its turn among the file systems that are made: since
 * Linux 6.8 mountinfo lists mounts as they were made. They wait in data until they are attached.
 */
public final class Sources {
    private final Code code;
    private final Blueprint blueprint;
    private final Map<Integer, Data> binds = new HashMap<>();
    private final Map<Integer, List<Data>> cgroups = new HashMap<>();
    private final Data rootfs;

    Sources(Code code, Blueprint blueprint) {
        this.code = code;
        this.blueprint = blueprint;
        this.rootfs = code.asm.zeros(4);
    }

    void open() {
        String path = blueprint.onHost(blueprint.root().path());
        Register fd = code.asm.register();
        code.step("open the root file system " + path, "/root/path");
        code.openTree(path, true, fd);
        code.mountSetattr(fd, true, 0, 0, receivesFromHost() ? MS_SLAVE : MS_PRIVATE);
        code.asm.store(4, rootfs, num(0), fd);
        code.asm.release(fd);
        openBinds();
    }

    /** What is bound, without the root file system and what is opened in its turn. */
    void openBinds() {
        Register fd = code.asm.register();
        List<Mount> mounts = blueprint.mounts();
        for (int i = 0; i < mounts.size(); i++) {
            MountWords words = MountWords.of(mounts.get(i).options());
            if (isBind(mounts.get(i), words) && !words.remount && !isOpenedInItsTurn(mounts.get(i), words)) {
                openBind(i, mounts.get(i), words, fd);
            }
        }
        code.asm.release(fd);
    }

    /** Opens the source of mount {@code index}, unless that is done. */
    void openInItsTurn(int index, Mount mount, MountWords words, Register fd) {
        if (isOpenedInItsTurn(mount, words)) {
            openBind(index, mount, words, fd);
        }
    }

    /** Not one whose ids the front maps. */
    private boolean isOpenedInItsTurn(Mount mount, MountWords words) {
        return blueprint.isRootInNewMountNamespace()
                && !words.idmap
                && mount.uidMappings().isEmpty();
    }

    /** The container's cgroups, once they are made, for the mounts that show them. */
    void openCgroups() {
        List<Mount> mounts = blueprint.mounts();
        Register fd = code.asm.register();
        for (int i = 0; i < mounts.size(); i++) {
            if (CgroupMounts.isOne(mounts.get(i))) {
                List<Data> slots = new ArrayList<>();
                for (Visible visible : blueprint.cgroups().visible()) {
                    slots.add(openCgroup(visible.directory(), "/mounts/" + i, fd));
                }
                cgroups.put(i, slots);
            }
        }
        code.asm.release(fd);
    }

    private Data openCgroup(String directory, String pointer, Register fd) {
        Data slot = code.asm.zeros(4);
        code.step("open the cgroup " + directory, pointer);
        code.openTree(directory, false, fd);
        makePrivate(fd, false);
        code.asm.store(4, slot, num(0), fd);
        return slot;
    }

    /** What mount {@code index} shows, each as {@link #openCgroups} has opened it; empty where it has not. */
    List<Data> cgroups(int index) {
        return cgroups.getOrDefault(index, List.of());
    }

    /** {@code config-linux.md#rootfs-mount-propagation}: a slave, and what is shared in a group of its own, see what the host mounts. */
    private boolean receivesFromHost() {
        RootfsPropagation propagation = blueprint.spec().linux().rootfsPropagation();
        return propagation != null
                && switch (propagation) {
                    case SLAVE, RSLAVE, SHARED, RSHARED -> true;
                    case PRIVATE, RPRIVATE, UNBINDABLE, RUNBINDABLE -> false;
                };
    }

    static boolean isBind(Mount mount, MountWords words) {
        return words.bind || mount.type().equals("bind") || mount.type().equals("rbind");
    }

    private void openBind(int index, Mount mount, MountWords words, Register fd) {
        String path = blueprint.onHost(mount.source());
        Data slot = code.asm.zeros(4);
        boolean recursive = words.recursiveBind || mount.type().equals("rbind");
        code.step("open the source " + path, blueprint.mountPointer(index, "/source"));
        code.cure(
                Errno.ENOENT,
                blueprint.mountPointer(index, "").isEmpty()
                        ? Notification.VARIABLE + " of your environment names no socket: unset it"
                        : "the source of a bind mount must exist on the host");
        code.cure(
                Errno.EINVAL,
                "something is mounted beneath it that a user namespace may not uncover; write rbind in place of bind");
        code.openTree(path, recursive, fd);
        if (words.propagation.isEmpty()) {
            makePrivate(fd, recursive);
        }
        code.asm.store(4, slot, num(0), fd);
        binds.put(index, slot);
    }

    /** What is opened outside is a peer of the host's mount: without this, mounts beneath it would reach the host. */
    private void makePrivate(Register fd, boolean recursive) {
        code.mountSetattr(fd, recursive, 0, 0, MS_PRIVATE);
    }

    /** The detached root file system. */
    void root(Register fd) {
        code.asm.load(fd, 4, rootfs, num(0));
    }

    /** The detached source of mount {@code index}. */
    void bind(int index, Register fd) {
        Data slot = binds.get(index);
        if (slot == null) {
            throw new IllegalStateException("mount " + index + " has no source");
        }
        code.asm.load(fd, 4, slot, num(0));
    }

    // ---- id maps of mounts, in the front, once the container's user namespace is mapped

    void mapIds(Register pid, Front front) {
        if (blueprint.request().idmapRootfs()) {
            Register users = code.asm.register();
            code.step("map the ids of the root file system", "/root/path");
            openUsers(pid, users);
            idmap(rootfs, blueprint.onHost(blueprint.root().path()), false, users);
            code.close(users);
        }
        List<Mount> mounts = blueprint.mounts();
        List<Mount> held = new ArrayList<>();
        for (int i = 0; i < mounts.size(); i++) {
            Mount mount = mounts.get(i);
            MountWords words = MountWords.of(mount.options());
            Data slot = binds.get(i);
            if (slot == null) {
                continue;
            }
            if (!mount.uidMappings().isEmpty()) {
                mapWithHolder(i, mount, slot, held.size(), front);
                held.add(mount);
            } else if (words.idmap) {
                Register users = code.asm.register();
                code.step("map the ids of the mount on " + mount.destination(), "/mounts/" + i + "/options");
                openUsers(pid, users);
                idmap(slot, blueprint.onHost(mount.source()), words.recursiveIdmap, users);
                code.close(users);
            }
        }
    }

    /** The mounts that a {@link Tags#HOLDER} stands for, in its order. */
    public static List<Mount> held(List<Mount> mounts) {
        List<Mount> held = new ArrayList<>();
        for (Mount mount : mounts) {
            if (!mount.uidMappings().isEmpty()) {
                held.add(mount);
            }
        }
        return held;
    }

    /** A map of its own needs a user namespace of its own: that of a process which only waits until it has been opened. */
    private void mapWithHolder(int index, Mount mount, Data slot, int number, Front front) {
        MountWords words = MountWords.of(mount.options());
        code.step("make the user namespace for the ids of mount " + index, "/mounts/" + index + "/uidMappings");
        Data pipe = code.asm.zeros(8);
        Data args = code.asm.zeros(88);
        code.asm.set(args, 8, CLONE_NEWUSER);
        code.asm.set(args.plus(32), 8, SIGCHLD);
        Register reader = code.asm.register();
        Register writer = code.asm.register();
        Register holder = code.asm.register();
        Register value = code.asm.register();
        Label inFront = new Label();
        code.call(Syscall.PIPE2, pipe, num(O_CLOEXEC));
        code.asm.load(reader, 4, pipe, num(0));
        code.asm.load(writer, 4, pipe, num(4));
        code.call(Syscall.CLONE3, args, num(88)).into(holder);
        code.asm.jumpIf(holder, Condition.NOT_EQUAL, num(0), inFront);
        code.call(Syscall.CLOSE, writer);
        code.call(Syscall.READ, reader, pipe, num(1)).repeating();
        code.asm.exit(num(0));
        code.asm.place(inFront);
        code.call(Syscall.CLOSE, reader);
        code.asm.add(value, holder, num((long) number << 32));
        code.asm.send(Tags.HOLDER, value);
        front.awaitGo();
        Register users = code.asm.register();
        openUsers(holder, users);
        code.close(writer);
        code.call(Syscall.WAIT4, holder, num(0), num(0), num(0)).repeating();
        idmap(slot, blueprint.onHost(mount.source()), words.recursiveIdmap, users);
        code.close(users);
        code.asm.release(reader, holder, value);
    }

    private void openUsers(Register pid, Register fd) {
        Data path = code.procPath("/proc/", pid, "ns/user");
        code.call(Syscall.OPENAT, num(AT_FDCWD), path, num(O_CLOEXEC), num(0)).into(fd);
    }

    private void idmap(Data slot, String path, boolean recursive, Register users) {
        code.cureNaming(
                path,
                Errno.EINVAL,
                "its file system cannot be idmapped by this kernel, or is idmapped already; see mount_setattr(2)");
        code.cure(Errno.EPERM, "only root of the user namespace that the file system was mounted in may map its ids");
        Data attributes = code.asm.words(num(MOUNT_ATTR_IDMAP), num(0), num(0), num(0));
        code.asm.store(8, attributes.plus(24), num(0), users);
        Register fd = code.asm.register();
        code.asm.load(fd, 4, slot, num(0));
        long flags = AT_EMPTY_PATH | (recursive ? AT_RECURSIVE : 0);
        code.call(Syscall.MOUNT_SETATTR, fd, code.text(""), num(flags), attributes, num(32));
        code.asm.release(fd);
    }
}
