package dev.confine.runtime.config;

import static org.assertj.core.api.Assertions.assertThat;

import dev.confine.validate.Violation;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConfigExceptionTest {
    @Test
    void violation_ofAFile_getsThePlaceOfItsValueOrOfTheOneAround(@TempDir Path dir) throws IOException {
        Path file = dir.resolve("config.json");
        Files.writeString(file, "{\n \"process\": {\n  \"cwd\": \"x\",\n  \"a/b\": [1,\n 2]}}");
        List<Violation> violations = List.of(
                new Violation("/process/cwd", "one"),
                new Violation("/process/args", "two"),
                new Violation("/process/a~1b/1", "three"),
                new Violation("/root", "four"));
        ConfigException exception = ConfigException.of(file.toString(), violations);
        assertThat(String.valueOf(exception.getMessage()).replace(file.toString(), "F"))
                .isEqualTo("""
                        F:3:10: /process/cwd: one
                        F:2:13: /process/args: two
                        F:5:2: /process/a~1b/1: three
                        F:1:1: /root: four""");
        assertThat(exception.violations()).isEqualTo(violations);
        assertThat(Positions.of(file.toString()).line("/process/cwd")).isEqualTo(3);
    }

    @Test
    void violation_ofAFileThatIsGone_isShownWithoutAPlace() {
        assertThat(ConfigException.of("/no/such", List.of(new Violation("/root", "is missing"))))
                .hasMessage("/no/such: /root: is missing");
    }
}
