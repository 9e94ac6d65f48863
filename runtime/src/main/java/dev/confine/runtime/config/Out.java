package dev.confine.runtime.config;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Writes properties of config.json: what is empty is left out, so that it reads as empty again. */
final class Out {
    private final JsonGenerator generator;

    Out(JsonGenerator generator) {
        this.generator = generator;
    }

    void open() throws IOException {
        generator.writeStartObject();
    }

    void open(String name) throws IOException {
        generator.writeObjectFieldStart(name);
    }

    void close() throws IOException {
        generator.writeEndObject();
    }

    void openList(String name) throws IOException {
        generator.writeArrayFieldStart(name);
    }

    void closeList() throws IOException {
        generator.writeEndArray();
    }

    /** Also when it is empty. */
    void required(String name, String value) throws IOException {
        generator.writeStringField(name, value);
    }

    void text(String name, String value) throws IOException {
        if (!value.isEmpty()) {
            generator.writeStringField(name, value);
        }
    }

    void word(String name, @Nullable Enum<?> value) throws IOException {
        if (value != null) {
            generator.writeStringField(name, value.toString());
        }
    }

    void bool(String name, boolean value) throws IOException {
        if (value) {
            generator.writeBooleanField(name, true);
        }
    }

    /** Also when it is false. */
    void requiredBool(String name, boolean value) throws IOException {
        generator.writeBooleanField(name, value);
    }

    void number(String name, @Nullable Number value) throws IOException {
        if (value != null) {
            generator.writeNumberField(name, value.longValue());
        }
    }

    /** 64 bits without a sign. */
    void unsigned(String name, @Nullable Long value) throws IOException {
        if (value != null) {
            generator.writeFieldName(name);
            generator.writeNumber(Long.toUnsignedString(value));
        }
    }

    void texts(String name, List<String> values) throws IOException {
        if (!values.isEmpty()) {
            requiredTexts(name, values);
        }
    }

    void requiredTexts(String name, List<String> values) throws IOException {
        generator.writeArrayFieldStart(name);
        for (String value : values) {
            generator.writeString(value);
        }
        generator.writeEndArray();
    }

    void words(String name, List<? extends Enum<?>> values) throws IOException {
        if (!values.isEmpty()) {
            generator.writeArrayFieldStart(name);
            for (Enum<?> value : values) {
                generator.writeString(value.toString());
            }
            generator.writeEndArray();
        }
    }

    void numbers(String name, List<Long> values) throws IOException {
        if (!values.isEmpty()) {
            generator.writeArrayFieldStart(name);
            for (long value : values) {
                generator.writeNumber(value);
            }
            generator.writeEndArray();
        }
    }

    void texts(String name, Map<String, String> values) throws IOException {
        if (!values.isEmpty()) {
            generator.writeObjectFieldStart(name);
            for (Map.Entry<String, String> value : values.entrySet()) {
                generator.writeStringField(value.getKey(), value.getValue());
            }
            generator.writeEndObject();
        }
    }
}
