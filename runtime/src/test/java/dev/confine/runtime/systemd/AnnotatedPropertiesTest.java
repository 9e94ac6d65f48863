package dev.confine.runtime.systemd;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class AnnotatedPropertiesTest {
    private static List<UnitProperty> of(String name, String value) {
        return AnnotatedProperties.of(Map.of(AnnotatedProperties.PREFIX + name, value));
    }

    static Stream<Arguments> values() {
        return Stream.of(
                Arguments.of("true", "b", true),
                Arguments.of(" false ", "b", false),
                Arguments.of("7", "i", 7L),
                Arguments.of("-0x10", "i", -16L),
                Arguments.of("uint64 18446744073709551615", "t", -1L),
                Arguments.of("@t 7", "t", 7L),
                Arguments.of("byte 255", "y", 255L),
                Arguments.of("1.5", "d", 1.5),
                Arguments.of("double 2", "d", 2.0),
                Arguments.of("'it\\'s'", "s", "it's"),
                Arguments.of("\"a b\"", "s", "a b"),
                Arguments.of("objectpath '/a'", "o", "/a"),
                Arguments.of("['a', 'b']", "as", List.of("a", "b")),
                Arguments.of("@as []", "as", List.of()),
                Arguments.of("[uint16 1, 2]", "aq", List.of(1L, 2L)),
                Arguments.of("[[1], [2, 3]]", "aai", List.of(List.of(1L), List.of(2L, 3L))));
    }

    @ParameterizedTest
    @MethodSource("values")
    void value_isRead(String text, String signature, Object value) {
        assertThat(of("Name", text)).containsExactly(new UnitProperty("Name", signature, value));
    }

    @Test
    void seconds_becomeMicroseconds() {
        assertThat(of("TimeoutStopSec", "3")).containsExactly(UnitProperty.number("TimeoutStopUSec", 3_000_000));
        assertThat(of("TimeoutStopSec", "1.5")).containsExactly(UnitProperty.number("TimeoutStopUSec", 1_500_000));
        assertThat(of("TimeoutStopUSec", "uint64 5")).containsExactly(UnitProperty.number("TimeoutStopUSec", 5));
    }

    @Test
    void others_areLeft() {
        assertThat(AnnotatedProperties.of(Map.of("org.systemd.other", "1"))).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    Na      | 1           | too short
                    Name1   | 1           | more than letters
                    Name    | word        | in quotes
                    Name    | 1 2         | something after
                    Name    | byte 256    | does not hold
                    Name    | []          | empty array
                    Name    | [1          | without its end
                    Name    | [1 2]       | without a comma
                    Name    | [1, 'a']    | not of its type
                    Name    | "a          | without its end
                    Name    | @s 1        | not of its type
                    WaitSec | true        | number of seconds
                    """)
    void property_wrong_isSaid(String name, String value, String reason) {
        assertThatThrownBy(() -> of(name, value))
                .hasMessageStartingWith("config.json /annotations/org.systemd.property." + name)
                .hasMessageContaining(reason);
    }
}
