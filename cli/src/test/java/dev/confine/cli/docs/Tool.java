package dev.confine.cli.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Assumptions;

/** A program of this machine that reads what is generated; one that is missing is a skip, and a failure where CONFINE_REQUIRE names it. */
final class Tool {
    private Tool() {}

    static void require(String name) {
        boolean there = Arrays.stream(System.getenv("PATH").split(":"))
                .anyMatch(directory -> Files.isExecutable(Path.of(directory, name)));
        List<String> promised =
                List.of(System.getenv().getOrDefault("CONFINE_REQUIRE", "").split(","));
        assertThat(there || !promised.contains(name)).as(name).isTrue();
        Assumptions.assumeTrue(there, name + " is not installed");
    }

    /** What it prints on both outputs, once it has succeeded. */
    static String run(Map<String, String> environment, String... words) throws IOException, InterruptedException {
        ProcessBuilder builder = new ProcessBuilder(words).redirectErrorStream(true);
        builder.environment().putAll(environment);
        Process process = builder.start();
        process.getOutputStream().close();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as("%s: %s", List.of(words), output).isZero();
        return output;
    }
}
