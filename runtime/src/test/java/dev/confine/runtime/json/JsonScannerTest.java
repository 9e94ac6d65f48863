package dev.confine.runtime.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.CharRange;
import net.jqwik.api.constraints.Chars;
import net.jqwik.api.constraints.StringLength;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class JsonScannerTest {
    private static final JsonFactory OTHER = new JsonFactory();
    private static final String SAMPLE =
            "{\"a\\u00e9\\n\":[1,-2.5e+3,\"x\\\"y\",{},[],true,false,null],\n\t\"b\":{\"c\":{\"d\":0}}}";

    @Test
    void tokens_haveTextPointerAndPlace() {
        List<String> seen = new ArrayList<>();
        JsonScanner scanner = scanner("{\"a\": [1, {\"~/\": \"x\"}],\n \"b\": -0.5}");
        while (scanner.next() != null) {
            Place place = scanner.place();
            seen.add(scanner.token() + " " + scanner.text() + " " + scanner.pointer() + " " + place.line() + ":"
                    + place.column());
        }
        assertThat(seen)
                .containsExactly(
                        "OBJECT {  1:1",
                        "NAME a /a 1:2",
                        "LIST [ /a 1:7",
                        "INTEGER 1 /a/0 1:8",
                        "OBJECT { /a/1 1:11",
                        "NAME ~/ /a/1/~0~1 1:12",
                        "TEXT x /a/1/~0~1 1:18",
                        "OBJECT_END } /a/1 1:21",
                        "LIST_END ] /a 1:22",
                        "NAME b /b 2:2",
                        "DECIMAL -0.5 /b 2:7",
                        "OBJECT_END }  2:11");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"a\":1,}      | 1:8: there is a comma too many before this }",
                "[1,]           | 1:4: there is a comma too many before this ]",
                "[,1]           | 1:2: a value is missing before this ,",
                "{\"a\":}       | 1:6: a value is missing before this }",
                "{a:1}          | 1:2: there must be a name in quotation marks (\") here",
                "{\"a\" 1}      | 1:6: there must be a colon after the name",
                "[1 2]          | 1:4: there must be a comma or ] here",
                "[yes]          | 1:2: this is no value: a text needs quotation marks, and the words are true, false and null",
                "[1x]           | 1:3: this is no number: a text needs quotation marks",
                "[01]           | 1:3: a number has no leading zero: octal 0022 is written 18",
                "[-]            | 1:3: a digit is missing in a number",
                "[#1]           | 1:2: JSON has no comments: remove it",
                "[\"a\\q\"]     | 1:4: there is no such escape in JSON: a backslash is written \\\\",
                "[\"\\u12g4\"]  | 1:7: \\u is followed by four digits of 0 to 9 and a to f",
                "[\"\\u١234\"]  | 1:5: \\u is followed by four digits of 0 to 9 and a to f",
                "[1             | 1:3: the file ends too early, it may be cut off: a closing }, ] or \" is missing",
                "[tru           | 1:5: the file ends too early, it may be cut off: a closing }, ] or \" is missing",
                "{} x           | 1:4: there is something after the end: remove it",
                "[[[[]]]]       | 1:5: this is nested deeper than 3 levels",
            })
    void text_thatIsNotJson_isRefusedWithPlaceAndCure(String json, String expected) {
        assertThat(refusal(json.strip(), 3)).isEqualTo(expected.strip());
    }

    @Test
    void text_beyondItsLineOrWithControls_isRefused() {
        assertThat(refusal("[\"a\n\"]", 3)).contains("1:4: a text goes beyond the end of its line");
        assertThat(refusal("[\"a\u0001\"]", 3)).contains("written \\u0001");
        assertThat(refusal("['a']", 3)).contains("1:2: a text is in quotation marks");
    }

    @Test
    void nothing_butBlanks_hasNoToken() {
        assertThat(scanner("").next()).isNull();
        assertThat(scanner(" \n\t\r").next()).isNull();
    }

    @Test
    void number_ofAnyLength_isKeptAsItIsWritten() {
        JsonScanner scanner = scanner("9".repeat(5000));
        assertThat(scanner.next()).isEqualTo(Token.INTEGER);
        assertThat(scanner.text()).hasSize(5000);
    }

    @Property(tries = 20_000)
    void text_ofJsonsCharacters_isReadAsAnotherParserDoes(
            @ForAll
                    @StringLength(max = 12)
                    @Chars({
                        '{', '}', '[', ']', ',', ':', '"', '\\', 'u', 'n', 'e', 'E', '0', '1', '-', '+', '.', ' ', '\n',
                        't'
                    })
                    String text) {
        assertThat(mine(text)).isEqualTo(theirs(text));
    }

    @Property(tries = 2_000)
    void text_betweenQuotationMarks_isReadAsAnotherParserDoes(
            @ForAll
                    @StringLength(max = 8)
                    @CharRange(from = 0, to = 0x7f)
                    @Chars({'\\', '"', 'u', 'é', '\ud83d', '\ude00'})
                    String text) {
        String json = "[\"" + text + "\"]";
        assertThat(mine(json)).isEqualTo(theirs(json));
    }

    @Property(tries = 5_000)
    void sample_withOneCharacterChanged_isReadAsAnotherParserDoes(@ForAll long seed) {
        Random random = new Random(seed);
        StringBuilder text = new StringBuilder(SAMPLE);
        int at = random.nextInt(text.length());
        if (random.nextBoolean()) {
            text.setCharAt(at, SAMPLE.charAt(random.nextInt(SAMPLE.length())));
        } else {
            text.deleteCharAt(at);
        }
        assertThat(mine(text.toString())).isEqualTo(theirs(text.toString()));
    }

    private static JsonScanner scanner(String json) {
        return new JsonScanner(json.toCharArray(), json.length(), 100);
    }

    private static String refusal(String json, int deepest) {
        JsonScanner scanner = new JsonScanner(json.toCharArray(), json.length(), deepest);
        try {
            while (scanner.next() != null) {
                // until it is refused
            }
        } catch (JsonSyntaxException e) {
            return e.place().line() + ":" + e.place().column() + ": " + e.reason();
        }
        throw new AssertionError("it was accepted");
    }

    /** The tokens with their texts and pointers, or null when it is not JSON. */
    private static @Nullable List<String> mine(String json) {
        List<String> tokens = new ArrayList<>();
        JsonScanner scanner = scanner(json);
        try {
            while (scanner.next() != null) {
                tokens.add(scanner.token() + " " + scanner.text() + " " + scanner.pointer());
            }
        } catch (JsonSyntaxException e) {
            return null;
        }
        return tokens;
    }

    private static @Nullable List<String> theirs(String json) {
        List<String> tokens = new ArrayList<>();
        try (JsonParser parser = OTHER.createParser(json.toCharArray())) {
            boolean ended = false;
            for (JsonToken token = parser.nextToken(); token != null; token = parser.nextToken()) {
                if (ended) {
                    return null;
                }
                tokens.add(name(token) + " " + parser.getText() + " "
                        + parser.getParsingContext().pathAsPointer());
                ended = parser.getParsingContext().inRoot();
            }
        } catch (IOException e) {
            return null;
        }
        return tokens;
    }

    private static String name(JsonToken token) {
        return switch (token) {
            case START_OBJECT -> "OBJECT";
            case END_OBJECT -> "OBJECT_END";
            case START_ARRAY -> "LIST";
            case END_ARRAY -> "LIST_END";
            case FIELD_NAME -> "NAME";
            case VALUE_STRING -> "TEXT";
            case VALUE_NUMBER_INT -> "INTEGER";
            case VALUE_NUMBER_FLOAT -> "DECIMAL";
            default -> token.name().substring("VALUE_".length());
        };
    }

    @Test
    void difference_ofTheTwoParsers_wouldBeSeen() {
        assertThat(theirs("[1]")).isEqualTo(mine("[1]")).isNotEqualTo(mine("[2]"));
        assertThat(theirs("[01]")).isNull();
        assertThatThrownBy(() -> refusal("[1]", 3)).hasMessage("it was accepted");
    }
}
