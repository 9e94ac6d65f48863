package dev.confine.runtime.config;

import dev.confine.spec.Hook;
import dev.confine.spec.Hooks;
import java.util.ArrayList;
import java.util.List;

/** Reads {@code hooks} of config.json. */
final class HooksReader {
    private HooksReader() {}

    static Hooks hooks(Json json) {
        List<Hook> prestart = List.of();
        List<Hook> createRuntime = List.of();
        List<Hook> createContainer = List.of();
        List<Hook> startContainer = List.of();
        List<Hook> poststart = List.of();
        List<Hook> poststop = List.of();
        for (String name = json.first(); name != null; name = json.next()) {
            switch (name) {
                case "prestart" -> prestart = list(json);
                case "createRuntime" -> createRuntime = list(json);
                case "createContainer" -> createContainer = list(json);
                case "startContainer" -> startContainer = list(json);
                case "poststart" -> poststart = list(json);
                case "poststop" -> poststop = list(json);
                default -> json.skip();
            }
        }
        return new Hooks(prestart, createRuntime, createContainer, startContainer, poststart, poststop);
    }

    private static List<Hook> list(Json json) {
        List<Hook> list = new ArrayList<>();
        if (json.list()) {
            while (json.item()) {
                list.add(hook(json));
            }
        }
        return list;
    }

    private static Hook hook(Json json) {
        String path = null;
        List<String> args = List.of();
        List<String> env = List.of();
        Integer timeout = null;
        for (String name = json.first(); name != null; name = json.next()) {
            switch (name) {
                case "path" -> path = Value.text(json);
                case "args" -> args = Value.texts(json);
                case "env" -> env = Value.texts(json);
                case "timeout" -> timeout = (int) Value.number(json, 1, Integer.MAX_VALUE);
                default -> json.skip();
            }
        }
        return new Hook(json.required("path", path, ""), args, env, timeout);
    }
}
