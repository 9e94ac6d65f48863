package dev.confine.launch;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class HeaderWriterTest {
    @Test
    void header_thatTheLauncherWasBuiltWith_isThatOfTheEnums() throws Exception {
        assertThat(Files.readString(Path.of("target/generated-c/opcodes.h"))).isEqualTo(HeaderWriter.header());
    }

    @Test
    void header_everyOperation_hasItsCode() {
        assertThat(HeaderWriter.header())
                .contains("\tOP_END,\n\tOP_SYSCALL,\n\tOP_LOAD,", "enum { OPS = " + Op.values().length + " };")
                .contains("\tFRAME_EXIT = 20,", "\tNR_OPENAT = 257,", "\tNR_OPENAT = 56,");
    }
}
