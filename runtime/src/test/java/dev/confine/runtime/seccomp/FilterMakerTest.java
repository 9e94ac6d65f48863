package dev.confine.runtime.seccomp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.confine.ConfineException;
import dev.confine.spec.Seccomp;
import dev.confine.spec.Seccomp.Action;
import dev.confine.spec.Seccomp.Arch;
import dev.confine.spec.SyscallArg;
import dev.confine.spec.SyscallArg.Operator;
import dev.confine.spi.Log;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

/** Filters of the real libseccomp, judged by what they decide. */
class FilterMakerTest {
    private static final boolean ARM = System.getProperty("os.arch").equals("aarch64");
    private static final int NATIVE = (ARM ? Arch.SCMP_ARCH_AARCH64 : Arch.SCMP_ARCH_X86_64).number();
    private static final int READ = ARM ? 63 : 0;
    private static final int PERSONALITY = ARM ? 92 : 135;
    private static final int GETRANDOM = ARM ? 278 : 318;
    private static final int OPENAT2 = 437;

    private static final int ALLOW = 0x7fff0000;
    private static final int EPERM = 0x00050001;
    private static final int ENOSYS = 0x00050026;

    private final List<String> said = new ArrayList<>();

    private final FilterMaker maker = new FilterMaker(new Log() {
        @Override
        public void warn(String message) {
            throw new AssertionError(message);
        }

        @Override
        public void debug(String message) {
            said.add(message);
        }
    });

    private ClassicBpf make(Profile profile) {
        return new ClassicBpf(filter(profile.build()));
    }

    private byte[] filter(Seccomp seccomp) {
        return maker.filter(seccomp);
    }

    @Test
    void everyAction_isWhatTheKernelKnowsItBy() {
        int[] numbers = {
            0, 0x80000000, 0, 0x30000, 0x50001, 0x7ff00001, ALLOW, 0x7ffc0000, 0x7fc00000,
        };
        for (Action action : Action.values()) {
            Profile profile = (action == Action.SCMP_ACT_ALLOW ? Profile.refusing() : Profile.allowing())
                    .rule(action, "read")
                    .rule(Action.SCMP_ACT_ALLOW, "openat2");

            assertThat(make(profile).decide(NATIVE, READ)).as(action.name()).isEqualTo(numbers[action.ordinal()]);
        }
    }

    @Test
    void defaultAction_isForAllThatIsNotNamed() {
        ClassicBpf filter = make(new Profile(Action.SCMP_ACT_ERRNO, 71L).rule(Action.SCMP_ACT_ALLOW, "openat2"));

        assertThat(filter.decide(NATIVE, READ)).isEqualTo(0x00050000 | 71);
        assertThat(filter.decide(NATIVE, OPENAT2)).isEqualTo(ALLOW);
    }

    @Property(tries = 50)
    void everyOperator_comparesAllOf64Bits(@ForAll Operator operator, @ForAll long value, @ForAll long argument) {
        long two = operator == Operator.SCMP_CMP_MASKED_EQ ? argument & value : 0;
        ClassicBpf filter =
                make(Profile.allowing().rule(Action.SCMP_ACT_ERRNO, "read", new SyscallArg(2, value, two, operator)));

        for (long argued : new long[] {argument, value, value + 1, value - 1, value ^ 1L << 40, 0, -1}) {
            assertThat(filter.decide(NATIVE, READ, 7, 7, argued) == EPERM)
                    .as("%s %x %x", operator, value, argued)
                    .isEqualTo(holds(operator, value, two, argued));
        }
    }

    private static boolean holds(Operator operator, long value, long two, long argument) {
        int order = Long.compareUnsigned(argument, value);
        return switch (operator) {
            case SCMP_CMP_NE -> order != 0;
            case SCMP_CMP_LT -> order < 0;
            case SCMP_CMP_LE -> order <= 0;
            case SCMP_CMP_EQ -> order == 0;
            case SCMP_CMP_GE -> order >= 0;
            case SCMP_CMP_GT -> order > 0;
            case SCMP_CMP_MASKED_EQ -> (argument & value) == two;
        };
    }

    @Test
    void conditionsOnSeveralArguments_mustAllHold_thoseOnOne_needNot() {
        ClassicBpf filter = make(Profile.refusing()
                .rule(Action.SCMP_ACT_ALLOW, "read", eq(0, 3), eq(1, 4))
                .rule(Action.SCMP_ACT_ALLOW, "personality", eq(0, 0), eq(0, 8), eq(1, 5))
                .rule(Action.SCMP_ACT_ALLOW, "openat2"));

        assertThat(filter.decide(NATIVE, READ, 3, 4)).isEqualTo(ALLOW);
        assertThat(filter.decide(NATIVE, READ, 3, 5)).isEqualTo(EPERM);
        assertThat(filter.decide(NATIVE, PERSONALITY, 8, 0)).isEqualTo(ALLOW);
        assertThat(filter.decide(NATIVE, PERSONALITY, 1, 5)).isEqualTo(ALLOW);
        assertThat(filter.decide(NATIVE, PERSONALITY, 1, 0)).isEqualTo(EPERM);
    }

    private static SyscallArg eq(int index, long value) {
        return new SyscallArg(index, value, 0, Operator.SCMP_CMP_EQ);
    }

    @Test
    void architectureThatIsNamed_isFilteredToo_anyOther_isKilled() {
        int arm = Arch.SCMP_ARCH_ARM.number();
        Profile profile = Profile.allowing().rule(Action.SCMP_ACT_ERRNO, "read");

        assertThat(make(profile).decide(arm, 3)).isZero();
        ClassicBpf both =
                make(profile.arch(Arch.SCMP_ARCH_ARM).arch(ARM ? Arch.SCMP_ARCH_AARCH64 : Arch.SCMP_ARCH_X86_64));
        assertThat(both.decide(arm, 3)).isEqualTo(EPERM);
        assertThat(both.decide(arm, 4)).isEqualTo(ALLOW);
        assertThat(both.decide(NATIVE, READ)).isEqualTo(EPERM);
    }

    @Test
    void callNewerThanTheProfile_isUnknownToIt() {
        Profile profile = Profile.refusing().rule(Action.SCMP_ACT_ALLOW, "getrandom");

        assertThat(make(profile).decide(NATIVE, GETRANDOM)).isEqualTo(ALLOW);
        assertThat(make(profile).decide(NATIVE, GETRANDOM - 1)).isEqualTo(EPERM);
        assertThat(make(profile).decide(NATIVE, OPENAT2)).isEqualTo(ENOSYS);
        Profile killing = new Profile(Action.SCMP_ACT_KILL, null).rule(Action.SCMP_ACT_ALLOW, "getrandom");
        assertThat(make(killing).decide(NATIVE, OPENAT2)).isEqualTo(ENOSYS);
    }

    @Test
    void callNewerThanAProfileThatPermits_isPermitted() {
        for (Action action : List.of(Action.SCMP_ACT_ALLOW, Action.SCMP_ACT_LOG, Action.SCMP_ACT_TRACE)) {
            Profile profile = new Profile(action, null).rule(Action.SCMP_ACT_ERRNO, "getrandom");
            assertThat(make(profile).decide(NATIVE, OPENAT2)).isEqualTo(action.number(null));
        }
    }

    @Test
    void nameThatNobodyKnows_isLeftOutAndSaidOnce() {
        ClassicBpf filter = make(
                Profile.allowing().rule(Action.SCMP_ACT_ERRNO, null, List.of("no_such_call", "read", "no_such_call")));

        assertThat(filter.decide(NATIVE, READ)).isEqualTo(EPERM);
        assertThat(said).singleElement().asString().contains("libseccomp", "without: no_such_call");
    }

    @Test
    void architectureOfTheOtherByteOrder_isRefusedWithItsPlace() {
        Seccomp seccomp = Profile.allowing().arch(Arch.SCMP_ARCH_S390X).build();

        assertThatThrownBy(() -> filter(seccomp))
                .isInstanceOf(ConfineException.class)
                .hasMessageContaining("SCMP_ARCH_S390X")
                .hasMessageContaining("/linux/seccomp/architectures/0");
    }

    @Test
    void filterThatIsTooLong_isRefused() {
        Profile profile = Profile.allowing();
        for (int i = 0; i < 3000; i++) {
            profile.rule(Action.SCMP_ACT_ERRNO, "read", eq(0, i * 0x1_0000_0001L));
        }
        Seccomp seccomp = profile.build();

        assertThatThrownBy(() -> filter(seccomp))
                .isInstanceOf(ConfineException.class)
                .hasMessageContaining("the kernel takes 4096");
    }
}
