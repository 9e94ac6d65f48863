package dev.confine.cli.verb;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** As much of JSON Schema (draft 4) as the specification's own schemas use for the features structure, and ours in docs/schemas. */
public final class Schema {
    private static final String OURS = "../docs/schemas/";
    private static final ObjectMapper JSON = new ObjectMapper();

    private final String file;
    private final JsonNode document;
    private final JsonNode rule;

    private Schema(String file, JsonNode document, JsonNode rule) {
        this.file = file;
        this.document = document;
        this.rule = rule;
    }

    /** One that documents what confine prints. */
    public static Schema ours(String name) {
        String file = OURS + name + ".schema.json";
        JsonNode document = read(file);
        return new Schema(file, document, document);
    }

    static Schema of(String file) {
        JsonNode document = read("/schema/" + file);
        return new Schema(file, document, document);
    }

    static JsonNode read(String resource) {
        if (resource.startsWith(OURS)) {
            return parse(text(Path.of(resource)));
        }
        try (InputStream in = Schema.class.getResourceAsStream(resource)) {
            return JSON.readTree(Objects.requireNonNull(in, resource));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public static JsonNode parse(String json) {
        try {
            return JSON.readTree(json);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What is wrong, each with its place. */
    public List<String> errors(JsonNode value) {
        List<String> errors = new ArrayList<>();
        check(value, "", errors);
        return errors;
    }

    private void check(JsonNode value, String place, List<String> errors) {
        if (rule.has("$ref")) {
            reference(rule.get("$ref").asText()).check(value, place, errors);
            return;
        }
        if (rule.has("type") && !isOf(rule.get("type").asText(), value)) {
            errors.add(place + " is no " + rule.get("type").asText());
        }
        if (rule.has("enum") && !contains(rule.get("enum"), value)) {
            errors.add(place + ": " + value + " is none of those that there are");
        }
        if (rule.has("pattern")
                && !value.asText().matches(".*" + rule.get("pattern").asText() + ".*")) {
            errors.add(place + ": " + value + " does not match");
        }
        for (JsonNode name : rule.path("required")) {
            if (!value.has(name.asText())) {
                errors.add(place + "/" + name.asText() + " is missing");
            }
        }
        for (Map.Entry<String, JsonNode> member : value.properties()) {
            JsonNode inner = rule.path("properties").path(member.getKey());
            if (inner.isMissingNode() && rule.has("additionalProperties")) {
                errors.add(place + "/" + member.getKey() + " is not documented");
            }
            if (!inner.isMissingNode()) {
                new Schema(file, document, inner).check(member.getValue(), place + "/" + member.getKey(), errors);
            }
        }
        for (int i = 0; i < (rule.has("items") && value.isArray() ? value.size() : 0); i++) {
            new Schema(file, document, rule.get("items")).check(value.get(i), place + "/" + i, errors);
        }
    }

    private Schema reference(String target) {
        int hash = target.indexOf('#');
        String other = target.substring(0, hash);
        String directory = file.startsWith(OURS) ? OURS : "/schema/";
        JsonNode in = other.isEmpty() ? document : read(directory + other);
        JsonNode inner = in.at(target.substring(hash + 1));
        if (inner.isMissingNode()) {
            throw new IllegalArgumentException(file + " refers to " + target);
        }
        return new Schema(other.isEmpty() ? file : file.startsWith(OURS) ? OURS + other : other, in, inner);
    }

    private static boolean isOf(String type, JsonNode value) {
        return switch (type) {
            case "object" -> value.isObject();
            case "array" -> value.isArray();
            case "string" -> value.isTextual();
            case "boolean" -> value.isBoolean();
            case "integer" -> value.isIntegralNumber();
            default -> throw new IllegalArgumentException(type);
        };
    }

    private static boolean contains(JsonNode all, JsonNode value) {
        for (JsonNode one : all) {
            if (one.equals(value)) {
                return true;
            }
        }
        return false;
    }
}
