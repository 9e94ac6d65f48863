package dev.confine.runtime.config;

import dev.confine.runtime.json.Token;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Reads the value at the cursor as a text, number, word, or list or map of these. What is no such value is a problem, and reads as empty. */
final class Value {
    static final long UINT32_MAX = 0xffff_ffffL;

    private Value() {}

    /** A text that the kernel can be given: without NUL, and whole characters only. */
    static String text(Json json) {
        if (json.token() != Token.TEXT) {
            json.wrong("a text");
            return "";
        }
        String text = json.raw();
        checkCharacters(json, text);
        return text;
    }

    private static void checkCharacters(Json json, String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == 0) {
                json.problem("holds the character NUL (\\u0000), where the kernel would cut it off: remove it");
                return;
            }
            if (Character.isSurrogate(c)) {
                boolean pair = Character.isHighSurrogate(c)
                        && i + 1 < text.length()
                        && Character.isLowSurrogate(text.charAt(i + 1));
                if (!pair) {
                    json.problem("holds half a character (a lone \\u" + Integer.toHexString(c)
                            + "), which UTF-8 cannot write: remove it");
                    return;
                }
                i++;
            }
        }
    }

    static boolean bool(Json json) {
        if (json.token() == Token.TRUE || json.token() == Token.FALSE) {
            return json.token() == Token.TRUE;
        }
        json.wrong("true or false");
        return false;
    }

    static long uint32(Json json) {
        return number(json, 0, UINT32_MAX);
    }

    static int uint16(Json json) {
        return (int) number(json, 0, 0xffff);
    }

    static int int32(Json json) {
        return (int) number(json, Integer.MIN_VALUE, Integer.MAX_VALUE);
    }

    static long int64(Json json) {
        return number(json, Long.MIN_VALUE, Long.MAX_VALUE);
    }

    /** A whole number of that range; 0 when it is none. */
    static long number(Json json, long min, long max) {
        if (json.token() == Token.INTEGER) {
            try {
                long number = Long.parseLong(json.raw());
                if (number >= min && number <= max) {
                    return number;
                }
            } catch (NumberFormatException e) {
                // out of range for any number, said below
            }
        }
        json.wrong("a whole number from " + min + " to " + max);
        return 0;
    }

    /** An unsigned number of 64 bits, which a long holds as it is. */
    static long uint64(Json json) {
        if (json.token() == Token.INTEGER && json.raw().charAt(0) != '-') {
            try {
                return Long.parseUnsignedLong(json.raw());
            } catch (NumberFormatException e) {
                // out of range, said below
            }
        }
        json.wrong("a whole number from 0 to 18446744073709551615");
        return 0;
    }

    /** One of {@code words}, whose texts are their {@code toString}; the first when it is none. */
    static <E extends Enum<E>> E word(Json json, E[] words) {
        if (json.token() == Token.TEXT) {
            String text = json.raw();
            for (E word : words) {
                if (word.toString().equals(text)) {
                    return word;
                }
            }
        }
        json.wrong(oneOf(words));
        return words[0];
    }

    private static String oneOf(Object[] words) {
        StringBuilder all = new StringBuilder("one of ");
        for (int i = 0; i < words.length; i++) {
            all.append(i == 0 ? "" : i == words.length - 1 ? " and " : ", ").append(words[i]);
        }
        return all.toString();
    }

    static <E extends Enum<E>> List<E> words(Json json, E[] words) {
        List<E> list = new ArrayList<>();
        if (json.list()) {
            while (json.item()) {
                list.add(word(json, words));
            }
        }
        return list;
    }

    static List<String> texts(Json json) {
        List<String> list = new ArrayList<>();
        if (json.list()) {
            while (json.item()) {
                list.add(text(json));
            }
        }
        return list;
    }

    static List<Long> uint32s(Json json) {
        List<Long> list = new ArrayList<>();
        if (json.list()) {
            while (json.item()) {
                list.add(uint32(json));
            }
        }
        return list;
    }

    /** An object of texts, in its order. */
    static Map<String, String> textMap(Json json) {
        Map<String, String> map = new LinkedHashMap<>();
        for (String name = json.first(); name != null; name = json.next()) {
            map.put(key(json, name), text(json));
        }
        return map;
    }

    /** A name that is data, not the specification's. */
    static String key(Json json, String name) {
        checkCharacters(json, name);
        return name;
    }
}
