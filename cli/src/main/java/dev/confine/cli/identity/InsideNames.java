package dev.confine.cli.identity;

import dev.confine.idmap.IdMap;
import dev.confine.runtime.inspect.AccountNames;
import dev.confine.runtime.inspect.NamespaceId;
import dev.confine.runtime.inspect.ObservedProcess;
import dev.confine.runtime.inspect.Proc;
import dev.confine.runtime.inspect.ProcessFiles;
import dev.confine.runtime.inspect.ProcessUnreadable;
import dev.confine.runtime.inspect.UserNamespace;
import dev.confine.spec.NamespaceType;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** Who processes are to themselves: their ids through the map of their user namespace, with the names of their own root's files. */
final class InsideNames {
    private final Proc proc;
    private final ProcessFiles files;
    private final Map<String, AccountNames> names = new HashMap<>();
    private final Map<NamespaceId, @Nullable IdMap> maps = new HashMap<>();
    private final OverflowIds overflow;

    /** An id inside with its name; {@code mapped} is false for one that stands for all without a place in the map. */
    record Inside(long id, @Nullable String name, boolean mapped) {
        @Override
        public String toString() {
            String shown = name == null ? "#" + id : name;
            return mapped ? shown : shown + " (unmapped)";
        }
    }

    InsideNames(Proc proc) {
        this.proc = proc;
        this.files = new ProcessFiles(proc);
        this.overflow = OverflowIds.of(proc);
    }

    /** What its effective user is to the process. */
    Inside user(ObservedProcess process) {
        IdMap map = map(process);
        OptionalLong inside = map == null
                ? OptionalLong.empty()
                : map.toInside(process.status().uids().effective());
        long id = inside.orElse(overflow.uid());
        return new Inside(id, names(process).find(id), inside.isPresent());
    }

    private @Nullable IdMap map(ObservedProcess process) {
        NamespaceId id = process.namespaces().get(NamespaceType.USER);
        if (id == null || id.equals(proc.ownNamespace(NamespaceType.USER))) {
            return UserNamespace.IDENTITY;
        }
        if (!maps.containsKey(id)) {
            String text = proc.text(process.pid(), "uid_map");
            maps.put(id, text == null ? null : UserNamespace.parse(text));
        }
        return maps.get(id);
    }

    private AccountNames names(ObservedProcess process) {
        String root = root(process.pid());
        if (root == null) {
            return AccountNames.NONE;
        }
        String key = process.namespaces().get(NamespaceType.MOUNT) + " " + root;
        AccountNames known = names.get(key);
        if (known == null) {
            known = files.users(process.pid());
            names.put(key, known);
        }
        return known;
    }

    /** The link's text and where it leads: the text alone is a slash for a detached tree as well, the root of a container that shares its mount namespace. */
    private @Nullable String root(long pid) {
        try {
            String text = proc.link(pid, "root");
            return text + " " + Files.readAttributes(Path.of(proc.path(pid, "root")), "unix:dev,ino");
        } catch (ProcessUnreadable | IOException closed) {
            return null;
        }
    }
}
