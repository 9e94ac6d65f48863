package dev.confine.runtime.seccomp;

import dev.confine.spec.Seccomp;
import dev.confine.spec.Syscall;
import dev.confine.spec.SyscallArg;
import java.util.ArrayList;
import java.util.List;

/**
 * A rule as seccomp_rule_add_array(3) takes it: one system call, and conditions that all must hold, at most one an argument.
 *
 * @param entry index into {@code syscalls} of config.json
 * @param name of the system call
 * @param action with its errno
 * @param conditions none: always
 */
record Rule(int entry, String name, int action, List<SyscallArg> conditions) {
    Rule {
        conditions = List.copyOf(conditions);
    }

    /** All rules of a filter in their order, without those that say no more than its default. */
    static List<Rule> of(Seccomp seccomp) {
        int usual = seccomp.defaultAction().number(seccomp.defaultErrnoRet());
        List<Rule> rules = new ArrayList<>();
        for (int i = 0; i < seccomp.syscalls().size(); i++) {
            Syscall entry = seccomp.syscalls().get(i);
            int action = entry.action().number(entry.errnoRet());
            if (action != usual) {
                for (String name : entry.names()) {
                    add(i, name, action, entry.args(), rules);
                }
            }
        }
        return rules;
    }

    /** Where conditions share an argument each becomes a rule of its own, of which one is enough: so peers do it. */
    private static void add(int entry, String name, int action, List<SyscallArg> conditions, List<Rule> rules) {
        if (!sharesArgument(conditions)) {
            rules.add(new Rule(entry, name, action, conditions));
            return;
        }
        for (SyscallArg condition : conditions) {
            rules.add(new Rule(entry, name, action, List.of(condition)));
        }
    }

    private static boolean sharesArgument(List<SyscallArg> conditions) {
        int seen = 0;
        for (SyscallArg condition : conditions) {
            int bit = 1 << condition.index();
            if ((seen & bit) != 0) {
                return true;
            }
            seen |= bit;
        }
        return false;
    }
}
