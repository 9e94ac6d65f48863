package dev.confine.it;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** A config.json: what {@code confine spec} writes, and then changed by JSON pointer. Values are JSON, also with single quotes and bare names. */
final class Config {
    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(JsonReadFeature.ALLOW_SINGLE_QUOTES, JsonReadFeature.ALLOW_UNQUOTED_FIELD_NAMES)
            .build();
    private static final Map<As, String> GENERATED = new ConcurrentHashMap<>();

    private final ObjectNode root;

    private Config(ObjectNode root) {
        this.root = root;
    }

    /** What {@code confine spec} writes: for an ordinary user with a user namespace, for root without. */
    static Config generated(As as) {
        return new Config((ObjectNode) parse(GENERATED.computeIfAbsent(as, Config::generate)));
    }

    private static String generate(As as) {
        var bundle = Scratch.current().directory("spec-" + as, as);
        Confine confine = Confine.as(as).in(bundle);
        (as == As.ROOT ? confine.run("spec") : confine.run("spec", "--rootless")).success();
        return Scratch.read(bundle.resolve("config.json"));
    }

    static JsonNode parse(String json) {
        try {
            return JSON.readTree(json);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(json, e);
        }
    }

    /** {@code text} as JSON. */
    static String quoted(String text) {
        return JSON.getNodeFactory().textNode(text).toString();
    }

    /** Sets a member, making the objects above it. */
    Config set(String pointer, String json) {
        parent(pointer).set(last(pointer), parse(json));
        return this;
    }

    /** Appends to an array, making it. */
    Config add(String pointer, String json) {
        ObjectNode parent = parent(pointer);
        ArrayNode array =
                parent.path(last(pointer)) instanceof ArrayNode there ? there : parent.putArray(last(pointer));
        array.add(parse(json));
        return this;
    }

    Config remove(String pointer) {
        parent(pointer).remove(last(pointer));
        return this;
    }

    /** Removes the elements of an array that have this value under {@code key}. */
    Config removeFrom(String pointer, String key, String value) {
        if (root.at(pointer) instanceof ArrayNode array) {
            for (int i = array.size() - 1; i >= 0; i--) {
                if (array.get(i).path(key).asText().equals(value)) {
                    array.remove(i);
                }
            }
        }
        return this;
    }

    Config args(String... args) {
        ArrayNode array = JSON.createArrayNode();
        for (String arg : args) {
            array.add(arg);
        }
        parent("/process/args").set("args", array);
        return this;
    }

    JsonNode at(String pointer) {
        return root.at(pointer);
    }

    private ObjectNode parent(String pointer) {
        ObjectNode node = root;
        String[] names = pointer.split("/");
        for (int i = 1; i < names.length - 1; i++) {
            node = node.path(names[i]) instanceof ObjectNode there ? there : node.putObject(names[i]);
        }
        return node;
    }

    private static String last(String pointer) {
        return pointer.substring(pointer.lastIndexOf('/') + 1);
    }

    @Override
    public String toString() {
        return root.toPrettyString();
    }
}
