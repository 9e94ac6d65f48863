package dev.confine.runtime.seccomp;

import static org.assertj.core.api.Assertions.assertThat;

import dev.confine.spec.Seccomp.Action;
import dev.confine.spec.SyscallArg;
import dev.confine.spec.SyscallArg.Operator;
import java.util.List;
import org.junit.jupiter.api.Test;

class RuleTest {
    private static final int ALLOW = 0x7fff0000;
    private static final int ERRNO = 0x00050000;

    private static SyscallArg eq(int index, long value) {
        return new SyscallArg(index, value, 0, Operator.SCMP_CMP_EQ);
    }

    @Test
    void everyName_isARuleWithTheActionOfItsEntry() {
        Profile profile = Profile.allowing()
                .rule(Action.SCMP_ACT_ERRNO, 38L, List.of("clone3", "bpf"))
                .rule(Action.SCMP_ACT_KILL_PROCESS, "ptrace", eq(0, 16));

        assertThat(Rule.of(profile.build()))
                .containsExactly(
                        new Rule(0, "clone3", ERRNO | 38, List.of()),
                        new Rule(0, "bpf", ERRNO | 38, List.of()),
                        new Rule(1, "ptrace", 0x80000000, List.of(eq(0, 16))));
    }

    @Test
    void errnoThatIsNotSaid_isEperm() {
        Profile profile = Profile.allowing()
                .rule(Action.SCMP_ACT_ERRNO, "a")
                .rule(Action.SCMP_ACT_TRACE, "b")
                .rule(Action.SCMP_ACT_TRAP, "c");

        assertThat(Rule.of(profile.build())).extracting(Rule::action).containsExactly(ERRNO | 1, 0x7ff00001, 0x30000);
    }

    @Test
    void ruleThatSaysTheDefault_isLeftOut() {
        Profile profile = Profile.refusing()
                .rule(Action.SCMP_ACT_ERRNO, "a")
                .rule(Action.SCMP_ACT_ERRNO, 1L, List.of("b"))
                .rule(Action.SCMP_ACT_ERRNO, 2L, List.of("c"));

        assertThat(Rule.of(profile.build())).extracting(Rule::name).containsExactly("c");
    }

    @Test
    void conditionsOnOneArgument_becomeRulesOfTheirOwn() {
        Profile profile = Profile.refusing()
                .rule(Action.SCMP_ACT_ALLOW, "personality", eq(0, 0), eq(0, 8))
                .rule(Action.SCMP_ACT_ALLOW, "socket", eq(0, 1), eq(1, 2));

        assertThat(Rule.of(profile.build()))
                .containsExactly(
                        new Rule(0, "personality", ALLOW, List.of(eq(0, 0))),
                        new Rule(0, "personality", ALLOW, List.of(eq(0, 8))),
                        new Rule(1, "socket", ALLOW, List.of(eq(0, 1), eq(1, 2))));
    }
}
