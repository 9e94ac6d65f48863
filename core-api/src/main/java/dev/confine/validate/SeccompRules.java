package dev.confine.validate;

import dev.confine.spec.Seccomp;
import dev.confine.spec.Syscall;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** {@code linux.seccomp}. Whether a system call exists is not known here. */
final class SeccompRules {
    private static final String AT = "/linux/seccomp";
    /** MAX_ERRNO. */
    private static final long LAST_ERRNO = 4095;

    private SeccompRules() {}

    static void check(@Nullable Seccomp seccomp, Violations found) {
        if (seccomp == null) {
            return;
        }
        errno(AT + "/defaultErrnoRet", seccomp.defaultErrnoRet(), seccomp.defaultAction(), found);
        if (seccomp.defaultAction() == Seccomp.Action.SCMP_ACT_NOTIFY) {
            found.add(
                    AT + "/defaultAction",
                    "cannot be SCMP_ACT_NOTIFY: the process could not even tell its listener to answer");
        }
        if (seccomp.listenerPath().isEmpty() && !seccomp.listenerMetadata().isEmpty()) {
            found.add(
                    AT + "/listenerMetadata", "is for a listener, and there is none: add listenerPath, or remove this");
        }
        found.addIf(
                !seccomp.listenerPath().isEmpty() && !seccomp.listenerPath().startsWith("/"),
                AT + "/listenerPath",
                "must be absolute");
        int killable = seccomp.flags().indexOf(Seccomp.Flag.SECCOMP_FILTER_FLAG_WAIT_KILLABLE_RECV);
        found.addIf(
                killable >= 0 && !seccomp.notifies(),
                Pointer.item(AT + "/flags", killable),
                "goes with SCMP_ACT_NOTIFY only, and nothing has that action");
        for (int i = 0; i < seccomp.syscalls().size(); i++) {
            syscall(seccomp, seccomp.syscalls().get(i), Pointer.item(AT + "/syscalls", i), found);
        }
    }

    private static void syscall(Seccomp seccomp, Syscall rule, String pointer, Violations found) {
        List<String> names = rule.names();
        found.addIf(names.isEmpty(), pointer + "/names", "is empty: name at least one system call");
        for (int i = 0; i < names.size(); i++) {
            found.addIf(names.get(i).isEmpty(), Pointer.item(pointer + "/names", i), "is empty: name a system call");
        }
        errno(pointer + "/errnoRet", rule.errnoRet(), rule.action(), found);
        if (rule.action() == Seccomp.Action.SCMP_ACT_NOTIFY) {
            found.addIf(
                    seccomp.listenerPath().isEmpty(),
                    pointer + "/action",
                    "is SCMP_ACT_NOTIFY, and there is no listener: add listenerPath to " + AT);
        }
    }

    private static void errno(String pointer, @Nullable Long errno, Seccomp.Action action, Violations found) {
        if (errno == null) {
            return;
        }
        found.addIf(
                !action.takesErrno(), pointer, "goes with SCMP_ACT_ERRNO and SCMP_ACT_TRACE only, not with " + action);
        found.addIf(
                action == Seccomp.Action.SCMP_ACT_ERRNO && errno > LAST_ERRNO,
                pointer,
                "must be an errno, from 0 to " + LAST_ERRNO + ", not " + errno);
    }
}
