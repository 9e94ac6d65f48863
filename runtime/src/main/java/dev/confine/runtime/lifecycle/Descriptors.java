package dev.confine.runtime.lifecycle;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.confine.ConfineException;
import dev.confine.runtime.store.StateStore;
import java.io.ByteArrayOutputStream;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * What the stdio of a saved container was, in a file beside its images, named and written as runc's: a pipe leads to nobody when it is restored, so it becomes what the
 * caller has in its place.
 */
record Descriptors(List<String> names) {
    private static final String FILE = "descriptors.json";
    private static final int STDIO = 3;
    private static final JsonFactory JSON = new JsonFactory();

    Descriptors {
        names = List.copyOf(names);
    }

    /** Those that a process has. */
    static Descriptors of(long pid) {
        List<String> names = new ArrayList<>();
        for (int fd = 0; fd < STDIO; fd++) {
            names.add(name(Path.of("/proc/" + pid + "/fd/" + fd)));
        }
        return new Descriptors(names);
    }

    private static String name(Path link) {
        try {
            return Files.readSymbolicLink(link).toString();
        } catch (IOException closed) {
            return "";
        }
    }

    void write(String images) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (JsonGenerator json = JSON.createGenerator(bytes)) {
            json.writeStartArray();
            for (String name : names) {
                json.writeString(name);
            }
            json.writeEndArray();
        } catch (IOException e) {
            throw new ConfineException("memory cannot fail", e);
        }
        StateStore.replace(new File(images, FILE), bytes.toByteArray());
    }

    /** Those that were saved; none where that was not said. */
    static Descriptors read(String images) {
        File file = new File(images, FILE);
        List<String> names = new ArrayList<>();
        if (!file.exists()) {
            return new Descriptors(names);
        }
        try (JsonParser json = JSON.createParser(file)) {
            if (json.nextToken() != JsonToken.START_ARRAY) {
                throw new ConfineException(file + " is no array of names: are these the images of a container?");
            }
            while (json.nextToken() == JsonToken.VALUE_STRING && names.size() < STDIO) {
                names.add(json.getText());
            }
            return new Descriptors(names);
        } catch (IOException e) {
            throw new ConfineException("cannot read " + file + ": " + e.getMessage(), e);
        }
    }

    /** What of the caller's stdio takes the place of a pipe: its name; empty for what does not. */
    List<String> inherited() {
        List<String> inherited = new ArrayList<>();
        for (int fd = 0; fd < STDIO; fd++) {
            String name = fd < names.size() ? names.get(fd) : "";
            inherited.add(name.startsWith("pipe:") ? name : "");
        }
        return inherited;
    }
}
