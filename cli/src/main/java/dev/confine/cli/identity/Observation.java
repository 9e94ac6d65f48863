package dev.confine.cli.identity;

import dev.confine.cli.verb.Workplace;
import dev.confine.idmap.IdMap;
import dev.confine.runtime.inspect.AccountNames;
import dev.confine.runtime.inspect.ContainerName;
import dev.confine.runtime.inspect.Containers;
import dev.confine.runtime.inspect.HostNamespaces;
import dev.confine.runtime.inspect.Namespace;
import dev.confine.runtime.inspect.NamespaceId;
import dev.confine.runtime.inspect.NamespaceRelations;
import dev.confine.runtime.inspect.ObservedProcess;
import dev.confine.runtime.inspect.Proc;
import dev.confine.runtime.inspect.ProcessUnreadable;
import dev.confine.runtime.inspect.UserNamespace;
import dev.confine.runtime.store.StateStore;
import dev.confine.spec.NamespaceType;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One look at the host: what was seen, with names for it. */
final class Observation {
    private final Proc proc;
    private final HostNamespaces host;
    private final Containers containers;
    private final AccountNames users;
    private final Map<NamespaceId, NamespaceFacts> known = new HashMap<>();

    Observation(Proc proc, HostNamespaces host, Containers containers, AccountNames users) {
        this.proc = proc;
        this.host = host;
        this.containers = containers;
        this.users = users;
    }

    static Observation now(Workplace workplace) {
        Proc proc = Proc.ofThisHost();
        HostNamespaces host = HostNamespaces.read(proc, NamespaceRelations.ofThisHost());
        Containers containers = Containers.of(proc, new StateStore(workplace.root()));
        for (ObservedProcess process : host.processes()) {
            containers.parent(process.status());
        }
        return new Observation(proc, host, containers, names(proc, "/etc/passwd"));
    }

    /** The names in a file of the host. */
    static AccountNames names(Proc proc, String file) {
        String text = proc.text(file);
        return text == null ? AccountNames.NONE : AccountNames.parse(text);
    }

    Proc proc() {
        return proc;
    }

    HostNamespaces host() {
        return host;
    }

    AccountNames users() {
        return users;
    }

    @Nullable
    ContainerName container(long pid) {
        return containers.of(pid);
    }

    List<NamespaceFacts> all() {
        List<NamespaceFacts> all = new ArrayList<>();
        for (Namespace namespace : host.namespaces()) {
            all.add(facts(namespace));
        }
        return all;
    }

    NamespaceFacts facts(Namespace namespace) {
        NamespaceFacts facts = known.get(namespace.id());
        if (facts == null) {
            facts = look(namespace);
            known.put(namespace.id(), facts);
        }
        return facts;
    }

    /** The command line of a process, empty once it has ended. */
    String command(long pid) {
        try {
            String command = proc.command(pid);
            return command == null ? "" : command;
        } catch (ProcessUnreadable closed) {
            return "";
        }
    }

    private NamespaceFacts look(Namespace namespace) {
        List<String> names = new ArrayList<>();
        for (long user : namespace.users()) {
            names.add(users.name(user));
        }
        NamespaceId id = namespace.id();
        ObservedProcess first = namespace.first();
        boolean ours = id.equals(proc.ownNamespace(id.type()));
        boolean mapped = id.type() == NamespaceType.USER && (ours || first != null);
        String directory = ours || first == null ? proc.ownPath("") : proc.path(first.pid(), "");
        return new NamespaceFacts(
                namespace,
                names,
                first == null ? "" : command(first.pid()),
                ours || first == null ? null : containers.of(first.pid()),
                mapped ? map(directory + "uid_map") : null,
                mapped ? map(directory + "gid_map") : null);
    }

    private @Nullable IdMap map(String file) {
        String text = proc.text(file);
        return text == null ? null : UserNamespace.parse(text);
    }
}
