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
import dev.confine.spec.Capabilities;
import dev.confine.spec.NamespaceType;
import dev.confine.spec.User;
import java.util.List;

/** Who the container's process is: root inside while it builds, then the user of config.json with its groups and capabilities(7). */
final class Identity {
    private static final int LAST_CAPABILITY = 63;
    /** Kept for {@link CallFilter}. */
    private static final long CAP_SYS_ADMIN = 1L << 21;

    private final Code code;
    private final Blueprint blueprint;
    private final User user;

    Identity(Code code, Blueprint blueprint) {
        this.code = code;
        this.blueprint = blueprint;
        this.user = blueprint.process().userOrRoot();
    }

    /** A process that nobody else may trace, in a session of its own, whose files get exactly the modes they are made with. */
    void enter() {
        code.step("become a process of its own", "");
        code.call(Syscall.PRCTL, num(PR_SET_DUMPABLE), num(0), num(0), num(0), num(0));
        code.call(Syscall.SETSID);
        code.call(Syscall.UMASK, num(0));
    }

    /** Root inside the user namespace; where root is not mapped, the user, with the same capabilities there. */
    void becomeRoot() {
        if (!blueprint.has(NamespaceType.USER)) {
            return;
        }
        Label noGroup = new Label();
        Label gids = new Label();
        Label noUser = new Label();
        Label uids = new Label();
        code.step("become root of the user namespace", "/linux/uidMappings");
        code.call(Syscall.SETRESGID, num(0), num(0), num(0)).onError(Errno.EINVAL, noGroup);
        code.asm.jump(gids);
        code.asm.place(noGroup);
        code.call(Syscall.SETRESGID, num(user.gid()), num(user.gid()), num(user.gid()));
        code.asm.place(gids);
        code.call(Syscall.SETRESUID, num(0), num(0), num(0)).onError(Errno.EINVAL, noUser);
        code.asm.jump(uids);
        code.asm.place(noUser);
        code.call(Syscall.SETRESUID, num(user.uid()), num(user.uid()), num(user.uid()));
        code.asm.place(uids);
    }

    void becomeUser() {
        Integer umask = user.umask();
        code.step("set the umask", "/process/user/umask");
        code.call(Syscall.UMASK, num(umask == null ? blueprint.caller().umask() : umask));
        dropBounding(mask(capabilities().bounding()));
        groups();
        code.step("become user " + user.uid() + " and group " + user.gid(), "/process/user");
        code.cure(Errno.EINVAL, "that id is not mapped in the user namespace");
        code.call(Syscall.PRCTL, num(PR_SET_KEEPCAPS), num(1), num(0), num(0), num(0));
        code.call(Syscall.SETRESGID, num(user.gid()), num(user.gid()), num(user.gid()));
        code.call(Syscall.SETRESUID, num(user.uid()), num(user.uid()), num(user.uid()));
        setCapabilities();
    }

    /** A loop for each run of neighbours, as nearly all of them go. */
    private void dropBounding(long kept) {
        code.step("drop capabilities that may never come back", "/process/capabilities/bounding");
        Register capability = code.asm.register();
        for (int first = 0; first <= LAST_CAPABILITY; first++) {
            if ((kept & 1L << first) != 0) {
                continue;
            }
            int last = first;
            while (last < LAST_CAPABILITY && (kept & 1L << (last + 1)) == 0) {
                last++;
            }
            Label next = new Label();
            Label done = new Label();
            code.asm.move(capability, num(first));
            code.asm.place(next);
            // EINVAL: above the last one that this kernel knows
            code.call(Syscall.PRCTL, num(PR_CAPBSET_DROP), capability, num(0), num(0), num(0))
                    .onError(Errno.EINVAL, done);
            code.asm.add(capability, capability, num(1));
            code.asm.jumpIf(capability, Condition.LESS, num(last + 1), next);
            code.asm.place(done);
            first = last;
        }
        code.asm.release(capability);
    }

    private void groups() {
        List<Long> gids = user.additionalGids();
        if (gids.isEmpty() && blueprint.keepsGroups()) {
            code.step("keep the caller's groups", "/annotations");
            code.call(Syscall.GETGROUPS, num(0), num(0));
            return;
        }
        code.step(gids.isEmpty() ? "drop the caller's groups" : "set groups " + gids, "/process/user/additionalGids");
        code.cure(
                Errno.EPERM,
                "the kernel denies setgroups(2) in a user namespace whose gid map an ordinary user wrote alone (--map self); use --map auto");
        code.cure(Errno.EINVAL, "one of them is not mapped in the user namespace");
        Data list = code.asm.zeros(4 * gids.size());
        for (int i = 0; i < gids.size(); i++) {
            code.asm.set(list.plus(4 * i), 4, gids.get(i));
        }
        Call set = code.call(Syscall.SETGROUPS, num(gids.size()), list);
        if (gids.isEmpty() && blueprint.has(NamespaceType.USER)) {
            // where it is denied the groups stay, and what is denied to them stays denied
            set.ignoring(Errno.EPERM);
        }
    }

    private void setCapabilities() {
        Capabilities wanted = capabilities();
        // what is no subset is left out, as the warning says: the kernel would refuse it all
        long permitted = mask(wanted.permitted());
        long effective = mask(wanted.effective()) & permitted;
        if (blueprint.filtersByPrivilege()) {
            effective |= CAP_SYS_ADMIN;
            permitted |= CAP_SYS_ADMIN;
        }
        long inheritable = mask(wanted.inheritable());
        code.step("set capabilities", "/process/capabilities");
        code.cure(Errno.EPERM, "an inheritable capability must be bounding");
        Data header = code.asm.zeros(8);
        code.asm.set(header, 4, LINUX_CAPABILITY_VERSION_3);
        Data sets = code.asm.zeros(24);
        for (int half = 0; half < 2; half++) {
            code.asm.set(sets.plus(12 * half), 4, effective >>> (32 * half));
            code.asm.set(sets.plus(12 * half + 4), 4, permitted >>> (32 * half));
            code.asm.set(sets.plus(12 * half + 8), 4, inheritable >>> (32 * half));
        }
        code.call(Syscall.CAPSET, header, sets);
        code.call(Syscall.PRCTL, num(PR_CAP_AMBIENT), num(PR_CAP_AMBIENT_CLEAR_ALL), num(0), num(0), num(0));
        long ambient = mask(wanted.ambient()) & permitted & inheritable;
        for (int i = 0; i <= LAST_CAPABILITY; i++) {
            if ((ambient & 1L << i) != 0) {
                code.call(Syscall.PRCTL, num(PR_CAP_AMBIENT), num(PR_CAP_AMBIENT_RAISE), num(i), num(0), num(0));
            }
        }
    }

    private Capabilities capabilities() {
        return blueprint.process().capabilities();
    }

    private long mask(List<String> names) {
        return Grantable.mask(names) & Grantable.of(blueprint);
    }
}
