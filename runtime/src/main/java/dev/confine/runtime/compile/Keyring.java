package dev.confine.runtime.compile;

import static dev.confine.runtime.compile.Code.num;

import dev.confine.launch.Assembler.Call;
import dev.confine.launch.Condition;
import dev.confine.launch.Errno;
import dev.confine.launch.Label;
import dev.confine.launch.Operand.Register;
import dev.confine.launch.Syscall;
import dev.confine.spec.NamespaceType;

/**
 * The session keyring of a container, session-keyring(7): a process that keeps the caller's would have the caller's keys. It is called {@code _ses.ID}, as peers call
 * theirs. Where the kernel has no keys there is none to keep from anybody.
 */
final class Keyring {
    private static final long KEYCTL_JOIN_SESSION_KEYRING = 1;
    private static final long KEYCTL_SETPERM = 5;
    /** What a new session keyring has: everything for who possesses it, view, read and link for its user. */
    private static final long NEW = 0x3f130000;

    private static final long USER_SEARCH = 0x80000;
    private static final long OTHER_SEARCH = 0x8;

    private final Code code;
    private final Blueprint blueprint;
    private final SecurityLabels labels;

    Keyring(Code code, Blueprint blueprint, SecurityLabels labels) {
        this.code = code;
        this.blueprint = blueprint;
        this.labels = labels;
    }

    /** A new one, which processes that are added later may find by its name. */
    void make() {
        if (blueprint.request().noNewKeyring()) {
            return;
        }
        Register key = code.asm.register();
        Label none = new Label();
        labels.labelKeys();
        join(key).onError(Errno.ENOSYS, none);
        // who is added may be seen as another user by then: in a user namespace, root of the host
        long search = blueprint.has(NamespaceType.USER) ? USER_SEARCH | OTHER_SEARCH : USER_SEARCH;
        code.call(Syscall.KEYCTL, num(KEYCTL_SETPERM), key, num(NEW | search));
        code.asm.place(none);
        code.asm.release(key);
        labels.leaveKeys();
    }

    /** That of the container; a new one where its name is not seen, and the caller's where the container was made without. */
    void join() {
        if (blueprint.request().noNewKeyring()) {
            return;
        }
        Register key = code.asm.register();
        Label refused = new Label();
        Label done = new Label();
        labels.labelKeys();
        join(key).onAnyError(refused);
        code.asm.jump(done);
        code.asm.place(refused);
        // EPERM: a seccomp filter of the caller's, with which the container can only have been made by --no-new-keyring
        code.asm.jumpIf(key, Condition.EQUAL, num(-Errno.ENOSYS.number()), done);
        code.asm.jumpIf(key, Condition.EQUAL, num(-Errno.EPERM.number()), done);
        code.asm.fail(key);
        code.asm.place(done);
        code.asm.release(key);
        labels.leaveKeys();
    }

    private Call join(Register key) {
        String name = "_ses." + blueprint.request().id().value();
        code.step("join the session keyring " + name, "");
        code.cure(
                Errno.EDQUOT,
                "root of the container has as many keys as kernel.keys.maxkeys and kernel.keys.maxbytes allow: raise these, or use"
                        + " --no-new-keyring");
        code.cure(Errno.EPERM, "a seccomp filter of the caller's denies it: use --no-new-keyring");
        code.cure(Errno.EACCES, "another user has one of that name: use another id, or --no-new-keyring");
        return code.call(Syscall.KEYCTL, num(KEYCTL_JOIN_SESSION_KEYRING), code.text(name))
                .into(key);
    }
}
