package dev.confine.runtime.compile;

import static dev.confine.runtime.compile.Code.num;
import static dev.confine.runtime.compile.Kernel.*;

import dev.confine.launch.Errno;
import dev.confine.launch.Label;
import dev.confine.launch.Operand.Register;
import dev.confine.launch.Syscall;
import dev.confine.spec.ExecCPUAffinity;
import dev.confine.spec.Namespace;
import dev.confine.spec.NamespaceType;
import org.jspecify.annotations.Nullable;

/**
 * Makes a process in all namespaces of a container that exists: those of its first process, which is held by a pidfd, with one setns(2) (Linux ≥ 5.8). So the
 * kernel looks at the rights of the caller once, whoever owns which namespace. That the process behind the pid is the container's is for Java to say, afterwards.
 */
final class Membership implements Birth {
    private final Code code;
    private final Blueprint blueprint;
    private final Cgroups cgroups;
    private final long first;
    private final ExecCPUAffinity affinity;
    private final long flags;
    private final @Nullable Sources sources;
    private final @Nullable Register root;

    /**
     * For a process that runs a program there.
     *
     * @param first pid of the container's first process
     */
    Membership(Code code, Blueprint blueprint, Cgroups cgroups, long first) {
        this(code, blueprint, cgroups, first, null, blueprint.process().execCPUAffinity());
    }

    /**
     * For one that runs none.
     *
     * @param sources what an ordinary user opens of the host on the way, or null
     */
    Membership(Code code, Blueprint blueprint, Cgroups cgroups, long first, @Nullable Sources sources) {
        this(code, blueprint, cgroups, first, sources, ExecCPUAffinity.NONE);
    }

    private Membership(
            Code code,
            Blueprint blueprint,
            Cgroups cgroups,
            long first,
            @Nullable Sources sources,
            ExecCPUAffinity affinity) {
        this.code = code;
        this.blueprint = blueprint;
        this.cgroups = cgroups;
        this.first = first;
        this.sources = sources;
        this.affinity = affinity;
        long all = 0;
        for (Namespace namespace : blueprint.spec().linux().namespaces()) {
            all |= Namespaces.flag(namespace.type());
        }
        this.flags = all;
        this.root = blueprint.has(NamespaceType.MOUNT) ? null : code.asm.register();
    }

    /** Where the container has no mount namespace: its root directory, that of its first process. Else null, for the root of the mount namespace is it. */
    @Nullable
    Register root() {
        return root;
    }

    @Override
    public void makeProcess(Register pid, Label container) {
        Register member = code.asm.register();
        code.step("hold process " + first, "");
        code.cure(Errno.ESRCH, "container not running: process already finished");
        code.call(Syscall.PIDFD_OPEN, num(first), num(0)).into(member);
        code.step("make the stage that joins namespaces", "");
        Stage stage = new Stage(code, blueprint, cgroups, pid);
        stage.begin();
        new Affinity(code).set(num(0), affinity.initial(), "/process/execCPUAffinity/initial");
        cgroups.join();
        new Affinity(code).set(num(0), affinity.afterwards(), "/process/execCPUAffinity/final");
        code.call(Syscall.PRCTL, num(PR_SET_DUMPABLE), num(0), num(0), num(0), num(0));
        if (sources != null) {
            open(member, sources);
        }
        if (flags != 0) {
            code.step("join the namespaces of process " + first, "/linux/namespaces");
            cures();
            code.call(Syscall.SETNS, member, num(sources == null ? flags : flags & ~CLONE_NEWUSER));
        }
        code.close(member);
        if (root != null) {
            code.step("open the root directory of process " + first, "/root/path");
            cures();
            code.call(
                            Syscall.OPENAT,
                            num(AT_FDCWD),
                            code.text("/proc/" + first + "/root"),
                            num(O_PATH | O_CLOEXEC),
                            num(0))
                    .into(root);
        }
        code.step("make the process", "");
        code.cure(Errno.ENOMEM, "container not running: its first process has ended, or there is no memory left");
        stage.makeProcess(0, container);
    }

    /**
     * In the container's user namespace an ordinary user has the rights that a detached mount takes, in a mount namespace that belongs to it; the host's files are
     * still there in a copy.
     */
    private void open(Register member, Sources sources) {
        code.step("join the user namespace of process " + first, "/linux/namespaces");
        cures();
        code.call(Syscall.SETNS, member, num(CLONE_NEWUSER));
        code.step("copy the mount namespace", "/linux/namespaces");
        code.call(Syscall.UNSHARE, num(CLONE_NEWNS));
        sources.openBinds();
    }

    private void cures() {
        code.cure(Errno.ESRCH, "container not running: process already finished");
        code.cure(
                Errno.EPERM,
                "the container's first process may not be looked at by you: it is another user's, or it waits for its start and only root may look at it");
        code.cure(Errno.EINVAL, "you are in the container's user namespace already; call from outside of it");
    }
}
