package dev.confine.launch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class WireTest {
    private final Assembler assembler = new Assembler();

    WireTest() {
        assembler.step("first", "");
    }

    @Test
    void encode_aSystemCall_fillsEveryField() {
        assembler.step("second", "");
        Operand.Register fd = assembler.register();
        Operand.Data path = assembler.text("/proc");
        Label failed = new Label();
        assembler
                .call(Syscall.OPENAT, Operand.of(-100), path, fd, Operand.of(0x280000))
                .into(fd)
                .onError(Errno.ENOENT, failed);
        assembler.end();
        assembler.place(failed);
        assembler.end();
        byte[] frame = Wire.encode(assembler.assemble(), Architecture.AARCH64);
        int at = 28;
        assertThat(frame).hasSize(28 + 3 * 64 + 6);
        assertThat(LittleEndian.get(frame, 12, 4)).isEqualTo(3);
        assertThat(LittleEndian.get(frame, 16, 4)).isZero();
        assertThat(LittleEndian.get(frame, 20, 4)).isEqualTo(6);
        assertThat(frame[at]).isEqualTo((byte) Op.SYSCALL.code());
        assertThat(frame[at + 1]).isZero();
        assertThat(frame[at + 3]).isEqualTo((byte) 1);
        assertThat(LittleEndian.get(frame, at + 4, 2)).isEqualTo(2);
        assertThat(LittleEndian.get(frame, at + 6, 2)).isEqualTo(56);
        assertThat(LittleEndian.get(frame, at + 8, 2)).isEqualTo(2);
        assertThat(LittleEndian.get(frame, at + 10, 2)).isEqualTo(0b00_01_10_00);
        assertThat(LittleEndian.get(frame, at + 12, 4)).isEqualTo(1);
        assertThat(LittleEndian.get(frame, at + 16, 8)).isEqualTo(-100);
        assertThat(LittleEndian.get(frame, at + 40, 8)).isEqualTo(0x280000);
        assertThat(frame[at + 65]).isEqualTo((byte) 255);
    }

    @Test
    void encode_aPointer_isARelocation() {
        Operand.Data target = assembler.text("x");
        Operand.Data words = assembler.words(Operand.of(5), target);
        assembler.end();
        byte[] frame = Wire.encode(assembler.assemble(), Architecture.X86_64);
        assertThat(LittleEndian.get(frame, 16, 4)).isEqualTo(1);
        assertThat(LittleEndian.get(frame, 28 + 64, 4)).isEqualTo(words.offset() + 8);
        assertThat(LittleEndian.get(frame, 28 + 64 + 4 + words.offset() + 8, 8)).isEqualTo(target.offset());
    }

    @Test
    void encode_moreInstructionsThanAJumpCanReach_isRefused() {
        for (int i = 0; i < 0xffff; i++) {
            assembler.end();
        }
        Program program = assembler.assemble();
        assertThatThrownBy(() -> Wire.encode(program, Architecture.X86_64)).hasMessageContaining("65535");
    }

    @Test
    void encode_moreDataThanAFrameHolds_isRefused() {
        assembler.end();
        assembler.zeros(16 << 20);
        Program program = assembler.assemble();
        assertThatThrownBy(() -> Wire.encode(program, Architecture.X86_64)).hasMessageContaining("16777216");
    }
}
