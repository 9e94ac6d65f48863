package dev.confine.runtime.config;

import dev.confine.spec.Hooks;
import dev.confine.spec.IdMapping;
import dev.confine.spec.Linux;
import dev.confine.spec.Mount;
import dev.confine.spec.Process;
import dev.confine.spec.Resources;
import dev.confine.spec.Root;
import dev.confine.spec.Spec;
import java.nio.CharBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Reads config.json. It checks that the file is JSON and that every known property is of its type and range, and reports all that are not;
 * what the values mean together is SpecValidator's business. Properties that the specification does not know are ignored.
 */
public final class SpecReader {
    private SpecReader() {}

    /**
     * The configuration in {@code file}.
     *
     * @param file as the JVM can open it: absolute, or relative to its own working directory
     * @throws ConfigException when it cannot be read, or with all that is wrong in it
     */
    public static Spec read(String file) {
        return parse(file, content(file));
    }

    /**
     * What is in {@code file}, for {@link #parse}.
     *
     * @throws ConfigException when it cannot be read
     */
    public static byte[] content(String file) {
        return ConfigFile.content(file);
    }

    /**
     * The configuration that {@code content} is.
     *
     * @param file where it comes from, for messages
     * @throws ConfigException with all that is wrong in it
     */
    public static Spec parse(String file, byte[] content) {
        Spec known = KnownSpecs.KEPT.of(content);
        if (known == null) {
            known = parse(file, ConfigFile.decode(file, content));
            KnownSpecs.KEPT.add(content, known);
        }
        return known;
    }

    /**
     * The process in {@code file}, which holds what config.json has at {@code process}.
     *
     * @throws ConfigException when it cannot be read, or with all that is wrong in it
     */
    public static Process process(String file) {
        Json json = new Json(file, ConfigFile.decode(file, ConfigFile.content(file)));
        if (!json.start()) {
            throw ConfigException.file(file, "is empty: write a process into it, as config.json has one");
        }
        Process process = ProcessReader.process(json);
        json.finish();
        return process;
    }

    /**
     * The mounts in {@code file}, which holds what config.json has at {@code mounts}, or an object with that as its member.
     *
     * @throws ConfigException when it cannot be read, or with all that is wrong in it
     */
    public static List<Mount> mounts(String file) {
        byte[] content = ConfigFile.content(file);
        Json json = new Json(file, ConfigFile.decode(file, content));
        if (!json.start()) {
            throw ConfigException.file(file, "is empty: write mounts into it, as config.json has them");
        }
        List<Mount> mounts = List.of();
        if (json.atList()) {
            mounts = mounts(json);
        } else {
            for (String name = json.first(); name != null; name = json.next()) {
                if (name.equals("mounts")) {
                    mounts = mounts(json);
                } else {
                    json.skip();
                }
            }
        }
        json.finish();
        return IdmapOption.read(mounts, Linux.NONE);
    }

    /**
     * The limits that {@code content} is: what config.json has at {@code linux.resources}.
     *
     * @param file where it comes from, for messages
     * @throws ConfigException with all that is wrong in it
     */
    public static Resources resources(String file, byte[] content) {
        Json json = new Json(file, ConfigFile.decode(file, content));
        if (!json.start()) {
            throw ConfigException.file(file, "is empty: write limits into it, as config.json has them");
        }
        Resources resources = ResourcesReader.resources(json);
        json.finish();
        return resources;
    }

    /**
     * The hooks of the configuration in {@code file}, and nothing else of it.
     *
     * @throws ConfigException when it cannot be read, or with what is wrong in its hooks
     */
    public static Hooks hooks(String file, byte[] content) {
        Json json = new Json(file, ConfigFile.decode(file, content));
        Hooks hooks = Hooks.NONE;
        if (json.start()) {
            for (String name = json.first(); name != null; name = json.next()) {
                if (name.equals("hooks")) {
                    hooks = HooksReader.hooks(json);
                } else {
                    json.skip();
                }
            }
        }
        json.finish();
        return hooks;
    }

    private static Spec parse(String file, CharBuffer text) {
        Json json = new Json(file, text);
        if (!json.start()) {
            throw ConfigException.file(file, "is empty: write a configuration with: confine spec");
        }
        Spec spec = spec(json);
        json.finish();
        return spec;
    }

    private static Spec spec(Json json) {
        String ociVersion = null;
        Root root = null;
        List<Mount> mounts = List.of();
        Process process = null;
        String hostname = "";
        String domainname = "";
        Hooks hooks = Hooks.NONE;
        Map<String, String> annotations = Map.of();
        Linux linux = Linux.NONE;
        for (String name = json.first(); name != null; name = json.next()) {
            switch (name) {
                case "ociVersion" -> ociVersion = Value.text(json);
                case "root" -> root = root(json);
                case "mounts" -> mounts = mounts(json);
                case "process" -> process = ProcessReader.process(json);
                case "hostname" -> hostname = Value.text(json);
                case "domainname" -> domainname = Value.text(json);
                case "hooks" -> hooks = HooksReader.hooks(json);
                case "annotations" -> annotations = Value.textMap(json);
                case "linux" -> linux = LinuxReader.linux(json);
                case "windows", "solaris", "vm", "zos", "freebsd" -> foreign(json);
                default -> json.skip();
            }
        }
        String version = json.required("ociVersion", ociVersion, "");
        mounts = IdmapOption.read(mounts, linux);
        return new Spec(version, root, mounts, process, hostname, domainname, hooks, annotations, linux);
    }

    private static void foreign(Json json) {
        json.problem("is not for Linux: confine runs Linux containers only, remove this section");
        json.skip();
    }

    private static Root root(Json json) {
        String path = null;
        boolean readonly = false;
        for (String name = json.first(); name != null; name = json.next()) {
            switch (name) {
                case "path" -> path = Value.text(json);
                case "readonly" -> readonly = Value.bool(json);
                default -> json.skip();
            }
        }
        return new Root(json.required("path", path, ""), readonly);
    }

    private static List<Mount> mounts(Json json) {
        List<Mount> list = new ArrayList<>();
        if (json.list()) {
            while (json.item()) {
                list.add(mount(json));
            }
        }
        return list;
    }

    private static Mount mount(Json json) {
        String destination = null;
        String type = "";
        String source = "";
        List<String> options = List.of();
        List<IdMapping> uidMappings = List.of();
        List<IdMapping> gidMappings = List.of();
        for (String name = json.first(); name != null; name = json.next()) {
            switch (name) {
                case "destination" -> destination = Value.text(json);
                case "type" -> type = Value.text(json);
                case "source" -> source = Value.text(json);
                case "options" -> options = Value.texts(json);
                case "uidMappings" -> uidMappings = idMappings(json);
                case "gidMappings" -> gidMappings = idMappings(json);
                default -> json.skip();
            }
        }
        return new Mount(
                json.required("destination", destination, ""), type, source, options, uidMappings, gidMappings);
    }

    /** Also those of a user namespace. */
    static List<IdMapping> idMappings(Json json) {
        List<IdMapping> list = new ArrayList<>();
        if (json.list()) {
            while (json.item()) {
                list.add(idMapping(json));
            }
        }
        return list;
    }

    private static IdMapping idMapping(Json json) {
        @Nullable Long containerID = null;
        @Nullable Long hostID = null;
        @Nullable Long size = null;
        for (String name = json.first(); name != null; name = json.next()) {
            switch (name) {
                case "containerID" -> containerID = Value.uint32(json);
                case "hostID" -> hostID = Value.uint32(json);
                case "size" -> size = Value.uint32(json);
                default -> json.skip();
            }
        }
        return new IdMapping(
                json.required("containerID", containerID, 0L),
                json.required("hostID", hostID, 0L),
                json.required("size", size, 0L));
    }
}
