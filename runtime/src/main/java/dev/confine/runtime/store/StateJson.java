package dev.confine.runtime.store;

import dev.confine.ConfineException;
import dev.confine.runtime.json.JsonScanner;
import dev.confine.runtime.json.JsonSyntaxException;
import dev.confine.runtime.json.JsonText;
import dev.confine.runtime.json.Token;
import dev.confine.state.ContainerId;
import dev.confine.state.ContainerState;
import dev.confine.state.Status;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The record of a container as JSON and back. Every member is there; a file of another version is refused. */
final class StateJson {
    /** The record and its annotations. */
    private static final int DEEPEST = 2;

    private StateJson() {}

    static byte[] toBytes(ContainerState state) {
        return JsonText.onOneLine()
                .open('{')
                .member("version", state.version())
                .member("ociVersion", state.ociVersion())
                .member("id", state.id().value())
                .member("status", state.status().word())
                .member("pid", state.pid())
                .member("startTime", state.startTime())
                .member("bundle", state.bundle())
                .member("rootfs", state.rootfs())
                .member("created", state.created())
                .member("ownerUid", state.ownerUid())
                .member("backend", state.backend())
                .member("annotations", state.annotations())
                .member("cgroups", state.cgroups())
                .member("ownedCgroups", state.ownedCgroups())
                .member("scope", state.scope())
                .member("ownedResctrl", state.ownedResctrl())
                .close('}')
                .bytes();
    }

    static ContainerState parse(byte[] content, String file) {
        Map<String, String> members = new HashMap<>();
        Map<String, Map<String, String>> maps = new HashMap<>();
        Map<String, List<String>> lists = new HashMap<>();
        char[] text = new String(content, StandardCharsets.UTF_8).toCharArray();
        JsonScanner json = new JsonScanner(text, text.length, DEEPEST);
        try {
            if (json.next() != Token.OBJECT) {
                throw damaged(file, "it is no object");
            }
            while (json.next() == Token.NAME) {
                String name = json.text();
                Token value = json.next();
                if (value == Token.OBJECT) {
                    maps.put(name, map(json));
                } else if (value == Token.LIST) {
                    lists.put(name, list(json));
                } else {
                    members.put(name, json.text());
                }
            }
            json.next();
        } catch (JsonSyntaxException e) {
            throw damaged(file, e.reason());
        }
        return state(members, maps, lists, file);
    }

    private static Map<String, String> map(JsonScanner json) {
        Map<String, String> map = new LinkedHashMap<>();
        while (json.next() == Token.NAME) {
            String key = json.text();
            json.next();
            map.put(key, json.text());
        }
        return map;
    }

    private static List<String> list(JsonScanner json) {
        List<String> list = new ArrayList<>();
        while (json.next() == Token.TEXT) {
            list.add(json.text());
        }
        return list;
    }

    private static ContainerState state(
            Map<String, String> members,
            Map<String, Map<String, String>> maps,
            Map<String, List<String>> lists,
            String file) {
        long version = number(members, "version", file);
        if (version != ContainerState.VERSION) {
            throw new ConfineException(file + " was written by another version of confine (record " + version
                    + ", this build knows " + ContainerState.VERSION + "): use that version, or delete the container");
        }
        try {
            return new ContainerState(
                    ContainerState.VERSION,
                    text(members, "ociVersion", file),
                    ContainerId.parse(text(members, "id", file)),
                    Status.valueOf(text(members, "status", file).toUpperCase(Locale.ROOT)),
                    number(members, "pid", file),
                    number(members, "startTime", file),
                    text(members, "bundle", file),
                    text(members, "rootfs", file),
                    text(members, "created", file),
                    number(members, "ownerUid", file),
                    text(members, "backend", file),
                    maps.getOrDefault("annotations", Map.of()),
                    maps.getOrDefault("cgroups", Map.of()),
                    lists.getOrDefault("ownedCgroups", List.of()),
                    members.getOrDefault("scope", ""),
                    lists.getOrDefault("ownedResctrl", List.of()));
        } catch (IllegalArgumentException e) {
            throw damaged(file, e.getMessage());
        }
    }

    private static String text(Map<String, String> members, String name, String file) {
        String text = members.get(name);
        if (text == null) {
            throw damaged(file, name + " is missing");
        }
        return text;
    }

    private static long number(Map<String, String> members, String name, String file) {
        try {
            return Long.parseLong(text(members, name, file));
        } catch (NumberFormatException e) {
            throw damaged(file, name + " is no number");
        }
    }

    private static ConfineException damaged(String file, @Nullable String why) {
        return new ConfineException(
                file + " is damaged: " + why + " (remove the container with: confine delete --force)");
    }
}
