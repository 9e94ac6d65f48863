package dev.confine.runtime.config;

import dev.confine.ConfineException;
import dev.confine.spec.Spec;
import java.io.File;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.util.Objects;

/** Files for the tests of this package. */
final class Samples {
    private static final String FILE = "/b/config.json";

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
        return SpecReader.parse(FILE, json);
    }

    /** The message without the name of the file: {@code LINE:COLUMN: POINTER: …}, a line for each violation. */
    static String errors(byte[] json) {
        try {
            readBytes(json);
            throw new AssertionError("it was accepted");
        } catch (ConfineException e) {
            return String.valueOf(e.getMessage()).replaceAll("(?m)^" + FILE + ":\\s*", "");
        }
    }

    static String errors(String json) {
        return errors(json.getBytes(StandardCharsets.UTF_8));
    }
}
