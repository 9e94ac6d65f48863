package dev.confine.runtime.compile;

import static org.assertj.core.api.Assertions.assertThat;

import dev.confine.launch.Program;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class NumberSetTest {
    private static byte[] mask(String list) {
        Code code = new Code();
        code.step("use it", "");
        int at = NumberSet.parse(list).mask(code).offset();
        code.asm.end();
        Program program = code.finish().program();
        return Arrays.copyOfRange(program.data(), at, at + NumberSet.parse(list).bytes());
    }

    @Test
    void list_ofNumbersAndRanges_isAMaskOfBits() {
        assertThat(mask("0-3,7")).containsExactly(0x8f, 0, 0, 0, 0, 0, 0, 0);
        assertThat(mask(" 1 , 9 - 10 ")).containsExactly(2, 6, 0, 0, 0, 0, 0, 0);
        assertThat(mask("64")).containsExactly(0, 0, 0, 0, 0, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0);
    }

    @Test
    void size_isInWholeWords() {
        assertThat(NumberSet.parse("0").bits()).isEqualTo(64);
        assertThat(NumberSet.parse("63").bits()).isEqualTo(64);
        assertThat(NumberSet.parse("64").bits()).isEqualTo(128);
        assertThat(NumberSet.parse("").bits()).isZero();
    }
}
