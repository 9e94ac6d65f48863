package dev.confine.runtime.config;

import static org.assertj.core.api.Assertions.assertThat;

import dev.confine.spec.Spec;
import dev.confine.validate.SpecValidator;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** Reading and checking is part of every cold run, where one lambda, or one comparison of records, costs more than all the rest. */
class HotPathTest {
    /** Run in a JVM of its own. */
    static final class Program {
        private Program() {}

        public static void main(String[] args) {
            Spec spec = SpecReader.read(args[0]);
            SpecValidator.validate(spec);
            SpecValidator.warnings(spec);
        }
    }

    @Test
    void readingAndChecking_linksNothingDynamically() throws IOException, InterruptedException {
        java.lang.Process java = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xlog:class+load",
                        "-cp",
                        System.getProperty("java.class.path"),
                        Program.class.getName(),
                        Samples.schema("good/spec-example.json"))
                .redirectErrorStream(true)
                .start();
        String log = new String(java.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(java.waitFor()).as(log).isZero();
        assertThat(log)
                .contains("dev.confine.validate.SpecValidator")
                .doesNotContain(
                        "java.lang.runtime.ObjectMethods ",
                        "java.math.BigDecimal ",
                        "Lambda/",
                        "java.util.regex.Pattern ");
    }
}
