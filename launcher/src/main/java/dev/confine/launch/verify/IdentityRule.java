package dev.confine.launch.verify;

import dev.confine.launch.Syscall;

/** In a new user namespace nobody becomes anybody before the maps are written; nobody may trace a process that is in a foreign namespace. */
final class IdentityRule implements Rule {
    @Override
    public void check(Site site, Syscall syscall, State before, Findings findings) {
        switch (syscall) {
            case SETRESUID, SETRESGID, SETGROUPS, CAPSET -> {
                if (before.ever(State.NEW_USER_NAMESPACE) && !before.always(State.WAITED)) {
                    findings.add(
                            site.index(),
                            "ids change in a new user namespace before the process has waited for its maps");
                }
            }
            case SETNS -> {
                if (!before.always(State.UNDUMPABLE)) {
                    findings.add(site.index(), "a namespace is joined by a process that can be traced");
                }
            }
            case PRCTL -> {
                if (!site.isConstant(0)) {
                    findings.add(site.index(), "the operation of prctl is not constant");
                } else if (site.is(0, Kernel.PR_SET_DUMPABLE) && !site.is(1, 0)) {
                    findings.add(site.index(), "the process becomes traceable again");
                }
            }
            default -> {}
        }
    }
}
