package dev.confine.runtime.seccomp;

import static org.assertj.core.api.Assertions.assertThat;

import dev.confine.spec.Seccomp.Arch;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class NewerCallsTest {
    private static final int X86_64 = Arch.SCMP_ARCH_X86_64.number();
    private static final int X86 = Arch.SCMP_ARCH_X86.number();
    private static final int X32_BIT = 0x40000000;
    private static final int ENOSYS = 0x00050026;
    private static final int FILTER = 0x12345678;

    /** The code with a filter behind it that has one answer. */
    private static ClassicBpf before(NewerCalls newer) {
        byte[] code = newer.code();
        ByteBuffer whole = ByteBuffer.allocate(code.length + 8).order(ByteOrder.LITTLE_ENDIAN);
        whole.put(code).putShort((short) 6).putShort((short) 0).putInt(FILTER);
        return new ClassicBpf(whole.array());
    }

    @Test
    void nothingNamed_noCode() {
        NewerCalls newer = new NewerCalls();
        newer.newest(X86_64, 0);

        assertThat(newer.code()).isEmpty();
    }

    @Test
    void codeOfOneArchitecture_isThis() {
        NewerCalls newer = new NewerCalls();
        newer.newest(Arch.SCMP_ARCH_AARCH64.number(), 441);

        assertThat(newer.code())
                .asHexString()
                .isEqualTo(
                        ("2000000004000000" // load the architecture
                                        + "15000004b70000c0" // another one: to the filter
                                        + "2000000000000000" // load the number
                                        + "25000001b9010000" // above 441:
                                        + "0600000026000500" // ENOSYS
                                        + "0500000000000000") // to the filter
                                .toUpperCase(java.util.Locale.ROOT));
    }

    @Property
    void callAboveTheNewest_isEnosys_everyOther_goesToTheFilter(
            @ForAll @IntRange(min = 1, max = 600) int newest,
            @ForAll @IntRange(min = 1, max = 600) int newest32,
            @ForAll @IntRange(min = 0, max = 700) int number) {
        NewerCalls newer = new NewerCalls();
        newer.newest(X86_64, newest);
        newer.newest(X86, newest32);
        newer.newest(Arch.SCMP_ARCH_AARCH64.number(), 300);
        ClassicBpf code = before(newer);

        assertThat(code.decide(X86_64, number)).isEqualTo(number > newest ? ENOSYS : FILTER);
        assertThat(code.decide(X86, number)).isEqualTo(number > newest32 ? ENOSYS : FILTER);
        assertThat(code.decide(Arch.SCMP_ARCH_AARCH64.number(), number)).isEqualTo(number > 300 ? ENOSYS : FILTER);
        assertThat(code.decide(Arch.SCMP_ARCH_S390.number(), number)).isEqualTo(FILTER);
        assertThat(code.decide(X86_64, number | X32_BIT)).isEqualTo(FILTER);
    }

    @Property
    void x32_hasANewestOfItsOwn(
            @ForAll @IntRange(min = 1, max = 600) int newest, @ForAll @IntRange(min = 0, max = 700) int number) {
        NewerCalls newer = new NewerCalls();
        newer.newest(X86_64, 450);
        newer.newest(X86_64, newest | X32_BIT);
        ClassicBpf code = before(newer);

        assertThat(code.decide(X86_64, number | X32_BIT)).isEqualTo(number > newest ? ENOSYS : FILTER);
        assertThat(code.decide(X86_64, number)).isEqualTo(number > 450 ? ENOSYS : FILTER);
    }
}
