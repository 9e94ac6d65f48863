package dev.confine.runtime.seccomp;

import dev.confine.spec.Seccomp;
import dev.confine.spec.Seccomp.Action;
import dev.confine.spec.Seccomp.Arch;
import dev.confine.spec.Syscall;
import dev.confine.spec.SyscallArg;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A seccomp section while it is written. */
final class Profile {
    private final Action defaultAction;
    private final @Nullable Long defaultErrno;
    private final List<Arch> architectures = new ArrayList<>();
    private final List<Syscall> rules = new ArrayList<>();

    Profile(Action defaultAction, @Nullable Long defaultErrno) {
        this.defaultAction = defaultAction;
        this.defaultErrno = defaultErrno;
    }

    static Profile allowing() {
        return new Profile(Action.SCMP_ACT_ALLOW, null);
    }

    static Profile refusing() {
        return new Profile(Action.SCMP_ACT_ERRNO, null);
    }

    Profile arch(Arch arch) {
        architectures.add(arch);
        return this;
    }

    Profile rule(Action action, @Nullable Long errno, List<String> names, SyscallArg... conditions) {
        rules.add(new Syscall(names, action, errno, List.of(conditions)));
        return this;
    }

    Profile rule(Action action, String name, SyscallArg... conditions) {
        return rule(action, null, List.of(name), conditions);
    }

    Seccomp build() {
        return new Seccomp(defaultAction, defaultErrno, architectures, List.of(), "", "", rules);
    }
}
