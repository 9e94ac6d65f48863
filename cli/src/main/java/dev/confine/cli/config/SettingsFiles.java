package dev.confine.cli.config;

import dev.confine.ConfineException;
import dev.confine.spi.Caller;
import java.io.File;
import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;

/** The places outside of the program that settings come from: the caller's environment and two files. */
public final class SettingsFiles {
    private static final String SYSTEM = "/etc/confine/confine.properties";
    private static final String PERSONAL = "/.config/confine/confine.properties";

    private SettingsFiles() {}

    /** True when there is nothing to read: no file, and of the environment at most the backend and what is settled before there is a JVM. */
    public static boolean isPlain(Caller caller) {
        if (new File(SYSTEM).exists() || new File(personal(caller)).exists()) {
            return false;
        }
        for (String key : SettingsKeys.ALL) {
            String variable = SettingsKeys.variable(key);
            if (caller.environment().containsKey(variable)
                    && !variable.equals("CONFINE_BACKEND")
                    && !variable.equals("CONFINE_ENGINE")
                    && !variable.equals("CONFINE_CACHE")) {
                return false;
            }
        }
        return !"".equals(caller.environment().get("CONFINE_BACKEND"));
    }

    /**
     * What is there, the most important first.
     *
     * @throws ConfineException for a file that root must not trust, that cannot be read, or that has a key which is no setting
     */
    public static List<SettingsSource> read(Caller caller) {
        Trust trust = Trust.of(caller);
        List<SettingsSource> sources = new ArrayList<>();
        sources.add(environment(caller));
        addFile(sources, personal(caller), 280, trust);
        addFile(sources, SYSTEM, 270, trust);
        return sources;
    }

    /** The path of the caller's own file, or one that does not exist. */
    private static String personal(Caller caller) {
        String home = caller.environment().getOrDefault("HOME", "");
        return home.startsWith("/") ? home + PERSONAL : "/nonexistent";
    }

    private static SettingsSource environment(Caller caller) {
        Map<String, String> values = new HashMap<>();
        for (String key : SettingsKeys.ALL) {
            String value = caller.environment().get(SettingsKeys.variable(key));
            if (value != null && !value.isEmpty()) {
                values.put(key, value);
            }
        }
        return new SettingsSource("the environment", 310, values);
    }

    private static void addFile(List<SettingsSource> sources, String path, int ordinal, Trust trust) {
        File file = new File(path);
        if (!file.exists()) {
            return;
        }
        trust.check(file);
        Properties properties = new Properties();
        try (Reader reader = new InputStreamReader(new FileInputStream(file), StandardCharsets.UTF_8)) {
            properties.load(reader);
        } catch (IOException | IllegalArgumentException unreadable) {
            throw new ConfineException("read the settings: " + unreadable.getMessage() + " (" + path + ")", unreadable);
        }
        Map<String, String> values = new HashMap<>();
        for (String key : properties.stringPropertyNames()) {
            values.put(known(key, path), properties.getProperty(key));
        }
        sources.add(new SettingsSource(path, ordinal, values));
    }

    private static String known(String key, String path) {
        if (!SettingsKeys.ALL.contains(key)) {
            throw new ConfineException("there is no setting \"" + key + "\" (" + path + "): there are "
                    + String.join(", ", SettingsKeys.ALL));
        }
        return key;
    }
}
