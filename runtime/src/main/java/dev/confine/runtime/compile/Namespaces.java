package dev.confine.runtime.compile;

import static dev.confine.runtime.compile.Code.num;
import static dev.confine.runtime.compile.Kernel.*;

import dev.confine.launch.Condition;
import dev.confine.launch.Errno;
import dev.confine.launch.Label;
import dev.confine.launch.Operand.Data;
import dev.confine.launch.Operand.Register;
import dev.confine.launch.Syscall;
import dev.confine.spec.Namespace;
import dev.confine.spec.NamespaceType;
import java.util.ArrayList;
import java.util.List;

/**
 * Makes the container's first process in its namespaces, with one clone3(2). Where namespaces are joined, a {@link Stage} joins them first.
 */
final class Namespaces implements Birth {
    private final Code code;
    private final Blueprint blueprint;
    private final List<Namespace> all;
    private final Cgroups cgroups;
    private final List<Data> opened = new ArrayList<>();

    Namespaces(Code code, Blueprint blueprint, Cgroups cgroups) {
        this.code = code;
        this.blueprint = blueprint;
        this.cgroups = cgroups;
        this.all = blueprint.spec().linux().namespaces();
    }

    @Override
    public void makeProcess(Register pid, Label container) {
        if (blueprint.joinsNamespaces()) {
            openAll();
            cloneThroughStage(pid, container);
        } else {
            cloneDirectly(pid, container);
        }
    }

    private void cloneDirectly(Register pid, Label container) {
        code.step("make " + named(), "/linux/namespaces");
        cures();
        Stage.clone3(code, cgroups, newFlags(), SIGCHLD).into(pid);
        code.asm.jumpIf(pid, Condition.EQUAL, num(0), container);
    }

    /** Opens every namespace that is joined and makes sure that it is of the type it is meant to be. */
    private void openAll() {
        Register fd = code.asm.register();
        Register type = code.asm.register();
        for (int i = 0; i < all.size(); i++) {
            Namespace namespace = all.get(i);
            if (!namespace.isNew()) {
                Data slot = code.asm.zeros(4);
                opened.add(slot);
                Label right = new Label();
                code.step("open the " + namespace.type() + " namespace " + namespace.path(), pointer(i));
                code.call(Syscall.OPENAT, num(AT_FDCWD), code.text(namespace.path()), num(O_CLOEXEC), num(0))
                        .into(fd);
                code.cure(Errno.ENOTTY, "this is no namespace file; write one such as /proc/PID/ns/net");
                code.cure(
                        Errno.EINVAL,
                        "it is a namespace of another type; write one such as /proc/PID/ns/" + file(namespace.type()));
                code.call(Syscall.IOCTL, fd, num(NS_GET_NSTYPE), num(0)).into(type);
                code.asm.jumpIf(type, Condition.EQUAL, num(flag(namespace.type())), right);
                code.asm.fail(num(Errno.EINVAL.number()));
                code.asm.place(right);
                code.asm.store(4, slot, num(0), fd);
            }
        }
        code.asm.release(fd, type);
    }

    private void cloneThroughStage(Register pid, Label container) {
        code.step("make the stage that joins namespaces", "/linux/namespaces");
        Stage stage = new Stage(code, blueprint, cgroups, pid);
        stage.begin();
        cgroups.join();
        joinAll();
        code.step("make " + named(), "/linux/namespaces");
        cures();
        stage.makeProcess(newFlags(), container);
    }

    /**
     * The user namespace first: what is joined after it belongs to it, or to one that the caller has rights in anyway. Who may join anything may also make a time
     * namespace, which is done before the mount namespace is another's.
     */
    private void joinAll() {
        TimeNamespace time = new TimeNamespace(code, blueprint);
        time.open();
        code.step("join namespaces", "/linux/namespaces");
        code.call(Syscall.PRCTL, num(PR_SET_DUMPABLE), num(0), num(0), num(0), num(0));
        int slot = 0;
        List<Integer> others = new ArrayList<>();
        List<Data> slots = new ArrayList<>();
        for (int i = 0; i < all.size(); i++) {
            if (all.get(i).isNew()) {
                continue;
            }
            if (all.get(i).type() == NamespaceType.USER) {
                join(i, opened.get(slot));
            } else {
                others.add(i);
                slots.add(opened.get(slot));
            }
            slot++;
        }
        time.make();
        for (int i = 0; i < others.size(); i++) {
            join(others.get(i), slots.get(i));
        }
    }

    private void join(int index, Data slot) {
        Namespace namespace = all.get(index);
        code.step("join the " + namespace.type() + " namespace " + namespace.path(), pointer(index));
        code.cure(
                Errno.EPERM,
                "you have no CAP_SYS_ADMIN in the user namespace that owns it; join that user namespace as well, or run as its owner");
        Register fd = code.asm.register();
        code.asm.load(fd, 4, slot, num(0));
        code.call(Syscall.SETNS, fd, num(flag(namespace.type())));
        code.close(fd);
    }

    private void cures() {
        code.cure(
                Errno.ENOSPC,
                "a limit on namespaces is reached: raise the one in /proc/sys/user/max_*_namespaces, or nest less than 32 deep");
        code.cure(
                Errno.EUSERS, "user namespaces are nested 32 deep already, or the limit in /proc/sys/user is reached");
        code.cure(
                Errno.EPERM,
                "the kernel does not let you make these: without root every namespace needs a new user namespace beside it (--map auto);"
                        + " see also kernel.unprivileged_userns_clone, kernel.apparmor_restrict_unprivileged_userns, and whether you are in a chroot");
        code.cure(Errno.EINVAL, "the running kernel was built without one of them");
    }

    private long newFlags() {
        long flags = 0;
        for (Namespace namespace : all) {
            boolean apart = namespace.type() == NamespaceType.TIME
                    && TimeNamespace.isApart(blueprint.spec().linux());
            if (namespace.isNew() && !apart) {
                flags |= flag(namespace.type());
            }
        }
        // a cgroup namespace begins where the process is
        return cgroups.areEntered() ? flags : flags & ~CLONE_NEWCGROUP;
    }

    private String named() {
        StringBuilder names = new StringBuilder();
        for (Namespace namespace : all) {
            if (namespace.isNew()) {
                names.append(names.length() == 0 ? "new namespaces: " : " ").append(namespace.type());
            }
        }
        return names.length() == 0 ? "the container's process" : names.toString();
    }

    private static String pointer(int index) {
        return "/linux/namespaces/" + index + "/path";
    }

    static long flag(NamespaceType type) {
        return switch (type) {
            case PID -> CLONE_NEWPID;
            case NETWORK -> CLONE_NEWNET;
            case MOUNT -> CLONE_NEWNS;
            case IPC -> CLONE_NEWIPC;
            case UTS -> CLONE_NEWUTS;
            case USER -> CLONE_NEWUSER;
            case CGROUP -> CLONE_NEWCGROUP;
            case TIME -> CLONE_NEWTIME;
        };
    }

    private static String file(NamespaceType type) {
        return switch (type) {
            case NETWORK -> "net";
            case MOUNT -> "mnt";
            default -> type.toString();
        };
    }
}
