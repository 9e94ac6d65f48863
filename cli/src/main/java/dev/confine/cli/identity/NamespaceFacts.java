package dev.confine.cli.identity;

import dev.confine.idmap.IdMap;
import dev.confine.runtime.inspect.ContainerName;
import dev.confine.runtime.inspect.Namespace;
import dev.confine.runtime.inspect.NamespaceId;
import dev.confine.spec.NamespaceType;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A namespace with all that is said of it.
 *
 * @param namespace what was seen
 * @param users names of the users of its processes, {@code #id} for one without
 * @param command of its first process, empty when there is none
 * @param container which the first process is in
 * @param uids of a user namespace, to the ids of the caller
 * @param gids the same of groups
 */
record NamespaceFacts(
        Namespace namespace,
        List<String> users,
        String command,
        @Nullable ContainerName container,
        @Nullable IdMap uids,
        @Nullable IdMap gids) {
    NamespaceFacts {
        users = List.copyOf(users);
    }

    NamespaceId id() {
        return namespace.id();
    }

    String type() {
        return NamespaceId.file(id().type());
    }

    String inode() {
        return Long.toString(id().inode());
    }

    String firstPid() {
        return namespace.first() == null
                ? ""
                : Long.toString(namespace.processes().get(0).pid());
    }

    String owner() {
        return inode(namespace.relations().owner());
    }

    String parent() {
        return inode(namespace.relations().parent());
    }

    /** The maps of a user namespace in a word or two; only a process in it shows them. */
    String maps() {
        if (id().type() != NamespaceType.USER) {
            return "";
        }
        if (namespace.processes().isEmpty() && uids == null && gids == null) {
            return "unknown";
        }
        String ofUsers = MapWords.of(uids);
        String ofGroups = MapWords.of(gids);
        return ofUsers.equals(ofGroups) ? ofUsers : "u " + ofUsers + " g " + ofGroups;
    }

    /** The command, or what keeps a namespace that nobody is in. */
    String commandOrKeeper() {
        if (!command.isEmpty() || !namespace.processes().isEmpty()) {
            return command;
        }
        if (!namespace.bound().isEmpty()) {
            return "(bound to " + String.join(", ", namespace.bound()) + ")";
        }
        if (!namespace.open().isEmpty()) {
            int others = namespace.open().size() - 1;
            return "(open as " + namespace.open().get(0) + (others == 0 ? "" : " and " + others + " more") + ")";
        }
        return namespace.forChildrenOf() == 0 ? "(no process)" : "(for children of " + namespace.forChildrenOf() + ")";
    }

    private static String inode(@Nullable NamespaceId id) {
        return id == null ? "" : Long.toString(id.inode());
    }
}
