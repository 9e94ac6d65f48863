package dev.confine.runtime.config;

import dev.confine.ConfineException;
import dev.confine.spec.Spec;
import java.io.File;
import java.io.IOException;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;

/** Files for the tests of this package. */
final class Samples {
    private Samples() {}

    /** One of the specification's own samples. */
    static String schema(String name) {
        URL url = Objects.requireNonNull(Samples.class.getResource("schema/" + name), name);
        try {
            return new File(url.toURI()).getPath();
        } catch (URISyntaxException e) {
            throw new AssertionError(e);
        }
    }

    static Spec readText(String json) {
        return readBytes(json.getBytes(StandardCharsets.UTF_8));
    }

    static Spec readBytes(byte[] json) {
        try {
            Path file = Files.createTempFile("config", ".json");
            try {
                Files.write(file, json);
                return SpecReader.read(file.toString());
            } finally {
                Files.delete(file);
            }
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    /** The message without the name of the file: {@code LINE:COLUMN: POINTER: …}, a line for each violation. */
    static String errors(byte[] json) {
        try {
            readBytes(json);
            throw new AssertionError("it was accepted");
        } catch (ConfineException e) {
            return String.valueOf(e.getMessage()).replaceAll("(?m)^\\S*?\\.json:\\s*", "");
        }
    }

    static String errors(String json) {
        return errors(json.getBytes(StandardCharsets.UTF_8));
    }
}
