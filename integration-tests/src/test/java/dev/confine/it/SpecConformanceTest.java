package dev.confine.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The table in docs/spec-conformance.md names tests that there are. */
final class SpecConformanceTest {
    private static final Path PROJECT = Path.of("..").toAbsolutePath().normalize();
    private static final Pattern NAME = Pattern.compile("`(\\w+Test)\\.(\\w+)`");

    @Test
    void tests_thatAreNamed_areThere() {
        String table = Scratch.read(PROJECT.resolve("docs/spec-conformance.md"));
        List<String> missing = NAME.matcher(table)
                .results()
                .filter(named -> !isThere(named.group(1), named.group(2)))
                .map(named -> named.group())
                .distinct()
                .toList();
        assertThat(missing).isEmpty();
        assertThat(NAME.matcher(table).results()).hasSizeGreaterThan(80);
    }

    private static boolean isThere(String type, String method) {
        try (Stream<Path> files = Files.find(
                PROJECT,
                12,
                (path, attributes) ->
                        path.endsWith(type + ".java") && path.toString().contains("/src/test/"))) {
            return files.anyMatch(file -> Scratch.read(file).contains("void " + method + "("));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
