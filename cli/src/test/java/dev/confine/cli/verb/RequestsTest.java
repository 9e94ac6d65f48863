package dev.confine.cli.verb;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class RequestsTest {
    @ParameterizedTest
    @CsvSource({"/a/.,/a", "/a/./b//c/,/a/b/c", "/.,/", "//,/", "/a/../b,/a/../b", "/.a/b.,/.a/b."})
    void path_withDots_isWithout(String path, String clean) {
        assertThat(Requests.withoutDots(path)).isEqualTo(clean);
    }
}
