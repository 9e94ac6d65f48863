package dev.confine.runtime.compile;

import static dev.confine.runtime.compile.Code.num;
import static dev.confine.runtime.compile.Kernel.*;

import dev.confine.idmap.IdMaps;
import dev.confine.launch.Assembler.Call;
import dev.confine.launch.Errno;
import dev.confine.launch.Operand.Data;
import dev.confine.launch.Operand.Register;
import dev.confine.launch.Syscall;
import dev.confine.runtime.cgroup.Group;
import dev.confine.runtime.cgroup.Plan;
import dev.confine.spec.Mount;
import dev.confine.spec.NamespaceType;
import java.nio.charset.StandardCharsets;

/**
 * The container's cgroups, {@code config-linux.md#control-groups}. The front makes them with their limits before there is a process. That is born in its cgroup of v2 and
 * moves itself in v1, by {@code 0} in {@code tasks}: a process that has one thread and moves itself need not wait until no other process forks, which takes the
 * kernel some 15 ms. The namespaces of cgroups begin where a process is, so one is made after that.
 *
 * <p>Where systemd makes the cgroup it has to have a process for it: then the front makes and limits what is missing once systemd has moved the container's process, which
 * waits meanwhile.
 */
final class Cgroups {
    private static final int CLONE_ARGS_CGROUP = 80;
    private static final int DIGITS = 10;
    private static final long NOBODY = -1;

    private final Code code;
    private final Blueprint blueprint;
    private final Plan plan;
    private final ResctrlGroup resctrl;
    /** The cgroup of v2, where there is one. */
    private Register leaf = new Register(0);

    Cgroups(Code code, Blueprint blueprint) {
        this.code = code;
        this.blueprint = blueprint;
        this.plan = blueprint.cgroups();
        this.resctrl = new ResctrlGroup(code, blueprint.resctrl());
    }

    boolean areMade() {
        return !plan.isEmpty();
    }

    /** Leaves in the state directory which ones will be made, so that they can be found if everything ends before there is a state. */
    void note() {
        if (plan.removals().isEmpty()) {
            return;
        }
        StringBuilder text = new StringBuilder();
        for (String directory : plan.removals()) {
            text.append(directory).append('\n');
        }
        String file = blueprint.stateDirectory() + "/" + Blueprint.CGROUPS;
        Register fd = code.asm.register();
        code.step("note in " + file + " which cgroups are made", "");
        code.call(
                        Syscall.OPENAT,
                        num(AT_FDCWD),
                        code.text(file),
                        num(O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC),
                        num(0600))
                .into(fd);
        byte[] bytes = text.toString().getBytes(StandardCharsets.UTF_8);
        code.call(Syscall.WRITE, fd, code.asm.bytes(bytes), num(bytes.length));
        code.close(fd);
    }

    /** Before there is a process. */
    void make() {
        if (!plan.isScoped()) {
            makeAll();
        }
        resctrl.make();
    }

    /** Once the container's process, which waits, is in the scope that systemd has made for it. */
    void makeAround(Register pid) {
        if (plan.isScoped()) {
            makeAll();
            closeLeaf();
            move(pid);
        }
    }

    private void makeAll() {
        for (String parent : plan.parents()) {
            step("make the cgroup " + parent);
            // another container may have made it in the meantime
            code.call(Syscall.MKDIRAT, num(AT_FDCWD), code.text(parent), num(0755))
                    .ignoring(Errno.EEXIST);
        }
        for (Group group : plan.groups()) {
            if (group.made()) {
                step("make the cgroup " + group.directory());
                code.cure(Errno.EEXIST, "another container has made it at this moment: name another one");
                Call make = code.call(Syscall.MKDIRAT, num(AT_FDCWD), code.text(group.directory()), num(0755));
                if (plan.isScoped()) {
                    make.ignoring(Errno.EEXIST);
                }
            }
        }
        new CgroupFile(code).write(plan.writes());
        for (Group group : plan.groups()) {
            if (group.unified()) {
                step("open the cgroup " + group.directory());
                leaf = code.asm.register();
                code.call(Syscall.OPENAT, num(AT_FDCWD), code.text(group.directory()), num(O_PATH | O_CLOEXEC), num(0))
                        .into(leaf);
            }
        }
        if (plan.deviceProgram().length > 0) {
            new DeviceFilter(code).attach(plan.deviceProgram(), leaf);
        }
        long owner = owner();
        if (owner != NOBODY) {
            give(owner);
        }
    }

    /**
     * Whose the cgroup of v2 is to be, {@code config-linux.md#cgroup-ownership}: the container's user's, where that sees it as the top of its own cgroup namespace in a mount
     * that it may write to. Where it is the caller's anyway, or the caller may not give it away, it is nobody's.
     */
    private long owner() {
        boolean writable = false;
        for (Mount mount : blueprint.mounts()) {
            writable |= CgroupMounts.isOne(mount) && !mount.options().contains("ro");
        }
        IdMaps maps = blueprint.maps();
        if (!writable || maps == null || !blueprint.privileged() || !blueprint.isNew(NamespaceType.CGROUP)) {
            return NOBODY;
        }
        return maps.uids().toOutside(blueprint.process().userOrRoot().uid()).orElse(NOBODY);
    }

    private void give(long owner) {
        for (Group group : plan.groups()) {
            if (group.unified()) {
                step("give the cgroup " + group.directory() + " to uid " + owner);
                chown(group.directory(), owner);
                for (String file : plan.delegates()) {
                    // those of controllers that are not on are not there
                    chown(group.directory() + "/" + file, owner).ignoring(Errno.ENOENT);
                }
            }
        }
    }

    private Call chown(String path, long owner) {
        return code.call(Syscall.FCHOWNAT, num(AT_FDCWD), code.text(path), num(owner), num(-1), num(0));
    }

    /** Puts the container's process into its groups of resctrl. */
    void enterResctrl(Register pid) {
        resctrl.enter(pid);
    }

    private void step(String what) {
        code.step(what, plan.pointer());
        code.cure(Errno.EACCES, "you may not: have it delegated to you, or name another one");
        code.cure(Errno.EROFS, "the cgroup file system is mounted read-only");
        code.cure(Errno.EAGAIN, "a limit on cgroups is reached: cgroup.max.depth or cgroup.max.descendants above it");
    }

    /** What would keep the container's process from building. */
    void limitLast() {
        new CgroupFile(code).write(plan.last());
    }

    /** In a process that needs the cgroup of v2 no longer. */
    void close() {
        if (!plan.isScoped()) {
            closeLeaf();
        }
    }

    private void closeLeaf() {
        for (Group group : plan.groups()) {
            if (group.unified()) {
                code.call(Syscall.CLOSE, leaf);
            }
        }
    }

    /** Has the process that these clone_args make begin in the container's cgroup of v2: the flag for that, or 0. */
    long into(Data args) {
        if (plan.isScoped()) {
            return 0;
        }
        for (Group group : plan.groups()) {
            if (group.unified()) {
                code.cure(
                        Errno.EBUSY,
                        "the cgroup " + group.directory()
                                + " hands controllers on to others, so cgroup v2 lets no process be in it");
                code.asm.store(8, args, num(CLONE_ARGS_CGROUP), leaf);
                return CLONE_INTO_CGROUP;
            }
        }
        return 0;
    }

    /** Moves this process, which has one thread, into the container's cgroups of v1. */
    void join() {
        if (!areMade() || plan.isScoped()) {
            return;
        }
        Register fd = code.asm.register();
        Data itself = code.text("0");
        for (Group group : plan.groups()) {
            if (!group.unified()) {
                step("join the cgroup " + group.directory());
                code.cure(Errno.ENOSPC, "the cpuset has no CPUs or no memory nodes");
                code.cure(
                        Errno.EINVAL,
                        "the process has a real-time policy (/process/scheduler) and the cgroup no time for it: set /linux/resources/cpu/realtimeRuntime");
                code.call(
                                Syscall.OPENAT,
                                num(AT_FDCWD),
                                code.text(group.directory() + "/tasks"),
                                num(O_WRONLY | O_CLOEXEC),
                                num(0))
                        .into(fd);
                code.call(Syscall.WRITE, fd, itself, num(1));
                code.call(Syscall.CLOSE, fd);
            }
        }
        code.asm.release(fd);
    }

    /** Moves the container's process into the cgroups of v1; in those that systemd has made it is. */
    private void move(Register pid) {
        Register fd = code.asm.register();
        Register length = code.asm.register();
        Data digits = code.asm.zeros(DIGITS);
        code.asm.format(length, pid, digits, DIGITS);
        for (Group group : plan.groups()) {
            if (!group.unified()) {
                step("move the container's process to the cgroup " + group.directory());
                code.call(
                                Syscall.OPENAT,
                                num(AT_FDCWD),
                                code.text(group.directory() + "/cgroup.procs"),
                                num(O_WRONLY | O_CLOEXEC),
                                num(0))
                        .into(fd);
                code.call(Syscall.WRITE, fd, digits, length);
                code.call(Syscall.CLOSE, fd);
            }
        }
        code.asm.release(fd, length);
    }

    /** Whether a process that is made is where its cgroup namespace is to begin. */
    boolean areEntered() {
        return !areMade() || (blueprint.isStaged() && !plan.isScoped());
    }

    /** In the container's process, which a stage has moved already where there was one. */
    void enter() {
        if (!areMade()) {
            return;
        }
        close();
        if (areEntered()) {
            return;
        }
        join();
        if (blueprint.isNew(NamespaceType.CGROUP)) {
            code.step("make a new namespace: cgroup", "/linux/namespaces");
            code.call(Syscall.UNSHARE, num(CLONE_NEWCGROUP));
        }
    }

    /** Removes what was made, with all that is in it. */
    void remove() {
        if (areMade()) {
            new CgroupRemoval(code, plan, CgroupsBelow.canBe(blueprint)).emit();
        }
        resctrl.remove();
    }
}
