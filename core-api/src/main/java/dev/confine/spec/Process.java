package dev.confine.spec;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What runs in the container, {@code config.md#process}.
 *
 * @param terminal whether its stdio is a pseudo terminal
 * @param consoleSize of that terminal, or null
 * @param user who it is inside, or null for 0:0; see {@link #userOrRoot()}
 * @param args the program and its arguments, for execvp(3)
 * @param env entries {@code NAME=value}
 * @param cwd absolute, in the container
 * @param capabilities the five sets
 * @param rlimits each type at most once
 * @param noNewPrivileges prctl(2) PR_SET_NO_NEW_PRIVS
 * @param oomScoreAdj for {@code /proc/self/oom_score_adj}, null to leave it alone
 * @param apparmorProfile empty for none
 * @param selinuxLabel empty for none
 * @param scheduler sched_setattr(2), or null
 * @param ioPriority ioprio_set(2), or null
 * @param execCPUAffinity CPUs of processes that {@code exec} adds
 */
@SuppressWarnings("JavaLangClash") // the specification's word
public record Process(
        boolean terminal,
        @Nullable Box consoleSize,
        @Nullable User user,
        List<String> args,
        List<String> env,
        String cwd,
        Capabilities capabilities,
        List<Rlimit> rlimits,
        boolean noNewPrivileges,
        @Nullable Integer oomScoreAdj,
        String apparmorProfile,
        String selinuxLabel,
        @Nullable Scheduler scheduler,
        @Nullable IOPriority ioPriority,
        ExecCPUAffinity execCPUAffinity) {

    public Process {
        args = List.copyOf(args);
        env = List.copyOf(env);
        rlimits = List.copyOf(rlimits);
    }

    /** The user, 0:0 when none is given. */
    public User userOrRoot() {
        return user == null ? User.ROOT : user;
    }

    public Process withArgs(List<String> changed) {
        return with(user, changed, env);
    }

    public Process withEnv(List<String> changed) {
        return with(user, args, changed);
    }

    public Process withUser(@Nullable User changed) {
        return with(changed, args, env);
    }

    private Process with(@Nullable User user, List<String> args, List<String> env) {
        return new Process(
                terminal,
                consoleSize,
                user,
                args,
                env,
                cwd,
                capabilities,
                rlimits,
                noNewPrivileges,
                oomScoreAdj,
                apparmorProfile,
                selinuxLabel,
                scheduler,
                ioPriority,
                execCPUAffinity);
    }
}
