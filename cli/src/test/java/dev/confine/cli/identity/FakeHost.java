package dev.confine.cli.identity;

import dev.confine.runtime.inspect.AccountNames;
import dev.confine.runtime.inspect.Containers;
import dev.confine.runtime.inspect.HostNamespaces;
import dev.confine.runtime.inspect.Namespace;
import dev.confine.runtime.inspect.NamespaceId;
import dev.confine.runtime.inspect.NamespaceRelations;
import dev.confine.runtime.inspect.ObservedProcess;
import dev.confine.runtime.inspect.Proc;
import dev.confine.runtime.inspect.ProcessStatus;
import dev.confine.runtime.inspect.ProcessStatus.CapabilitySets;
import dev.confine.runtime.inspect.ProcessStatus.Ids;
import dev.confine.runtime.store.StateStore;
import dev.confine.spec.NamespaceType;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A host with namespaces and processes, beside as much of a /proc as is read late. */
final class FakeHost {
    static final NamespaceId FIRST_USER = id(NamespaceType.USER, 1);

    private final Path proc;
    private final List<ObservedProcess> processes = new ArrayList<>();
    private final Map<NamespaceId, NamespaceRelations> relations = new LinkedHashMap<>();

    FakeHost(Path proc) {
        this.proc = proc;
        for (NamespaceType type : NamespaceType.values()) {
            NamespaceId id = id(type, type == NamespaceType.USER ? 1 : 10 + type.ordinal());
            relations.put(id, new NamespaceRelations(type == NamespaceType.USER ? null : FIRST_USER, null, -1));
            link("self/ns/" + NamespaceId.file(type), id.toString());
        }
        file("self/uid_map", "0 0 4294967295\n");
        file("self/gid_map", "0 0 4294967295\n");
    }

    static NamespaceId id(NamespaceType type, long inode) {
        return new NamespaceId(type, inode);
    }

    /** A namespace of {@code owner}; a user namespace is in it. */
    FakeHost namespace(NamespaceId id, NamespaceId owner) {
        relations.put(id, new NamespaceRelations(owner, id.type() == NamespaceType.USER ? owner : null, 1000));
        return this;
    }

    /** A process in these and, for the other types, in the first ones. */
    FakeHost process(long pid, long parent, long uid, String command, NamespaceId... own) {
        Map<NamespaceType, NamespaceId> namespaces = new EnumMap<>(NamespaceType.class);
        for (NamespaceType type : NamespaceType.values()) {
            namespaces.put(type, id(type, type == NamespaceType.USER ? 1 : 10 + type.ordinal()));
        }
        for (NamespaceId id : own) {
            namespaces.put(id.type(), id);
        }
        Ids ids = new Ids(uid, uid, uid, uid);
        processes.add(new ObservedProcess(
                new ProcessStatus(
                        pid,
                        command,
                        'S',
                        parent,
                        2,
                        ids,
                        ids,
                        List.of(),
                        List.of(pid, 7L),
                        new CapabilitySets(0, 0, 0, 0, 0),
                        false),
                namespaces));
        file(pid + "/cmdline", command + "\0");
        file(pid + "/cgroup", "0::/some/cgroup\n");
        file(pid + "/uid_map", "0 100000 65536\n");
        file(pid + "/gid_map", "0 100000 65536\n");
        return this;
    }

    FakeHost file(String name, String content) {
        try {
            Path file = proc.resolve(name);
            Files.createDirectories(Objects.requireNonNull(file.getParent()));
            Files.writeString(file, content);
            return this;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    FakeHost link(String name, String target) {
        try {
            Path link = proc.resolve(name);
            Files.createDirectories(Objects.requireNonNull(link.getParent()));
            Files.deleteIfExists(link);
            Files.createSymbolicLink(link, Path.of(target));
            return this;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    HostNamespaces host() {
        List<Namespace> namespaces = new ArrayList<>();
        processes.sort(Comparator.comparingLong(ObservedProcess::pid));
        relations.forEach((id, relation) -> namespaces.add(new Namespace(
                id,
                processes.stream().filter(process -> process.isIn(id)).toList(),
                relation,
                bound(id),
                List.of(),
                0)));
        namespaces.sort(Comparator.comparing(namespace -> namespace.id().toString()));
        return new HostNamespaces(namespaces, processes, 3);
    }

    private List<String> bound(NamespaceId id) {
        return processes.stream().anyMatch(process -> process.isIn(id)) ? List.of() : List.of("/run/netns/kept");
    }

    Observation observation() {
        Proc tree = new Proc(proc.toString());
        return new Observation(
                tree,
                host(),
                Containers.of(tree, new StateStore(proc + "/none")),
                AccountNames.parse("root:x:0:\nana:x:1000:\n"));
    }

    NamespaceFacts facts(NamespaceId id) {
        Observation observation = observation();
        @Nullable Namespace namespace = observation.host().find(id.inode());
        return observation.facts(Objects.requireNonNull(namespace));
    }
}
