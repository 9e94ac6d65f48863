package dev.confine.runtime.inspect;

import dev.confine.ConfineException;
import dev.confine.idmap.IdMap;
import dev.confine.spec.NamespaceType;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The user namespaces from that of a process up to ours, user_namespaces(7), with their maps. The map of one in between is read from a process that is in it; where
 * there is none, it stays unknown, as only entering the namespace would show it.
 */
public final class UserNamespaces {
    private static final int MOST_LEVELS = 33;
    private static final String USER = NamespaceId.file(NamespaceType.USER);

    private final Proc proc;
    private final NamespaceRelations.Source source;
    private @Nullable Map<NamespaceId, Long> members;

    public UserNamespaces(Proc proc, NamespaceRelations.Source source) {
        this.proc = proc;
        this.source = source;
    }

    /**
     * The chain of a process, its own namespace first and, where it is one below ours, ours last.
     *
     * @throws ConfineException when the process has ended
     * @throws ProcessUnreadable when its namespace may not be looked at
     */
    public List<UserNamespace> chain(long pid) {
        NamespaceId ours = proc.ownNamespace(NamespaceType.USER);
        NamespaceId id = proc.namespace(pid, USER);
        if (id == null) {
            throw new ConfineException("process " + pid + ": ESRCH: no such process: it has ended");
        }
        Map<NamespaceId, NamespaceRelations> relations = new HashMap<>();
        source.explore(id, proc.path(pid, "ns/user"), relations);
        List<UserNamespace> chain = new ArrayList<>();
        long member = pid;
        NamespaceId next = id;
        while (next != null && chain.size() < MOST_LEVELS) {
            NamespaceRelations relation = relations.getOrDefault(next, NamespaceRelations.UNKNOWN);
            chain.add(level(next, member, next.equals(ours), relation.ownerUid()));
            next = next.equals(ours) ? null : relation.parent();
            member = next == null || next.equals(ours) ? 0 : memberOf(next);
        }
        return chain;
    }

    /** A namespace of which {@code member} is a process; with 0 for none its maps are unknown, but for ours. */
    public UserNamespace level(NamespaceId id, long member, boolean ours, long ownerUid) {
        if (ours) {
            return new UserNamespace(id, member, true, UserNamespace.IDENTITY, UserNamespace.IDENTITY, ownerUid);
        }
        return new UserNamespace(id, member, false, map(member, "uid_map"), map(member, "gid_map"), ownerUid);
    }

    /** The same with the maps that {@code visitor} shows, a process in it that will not stay. */
    public UserNamespace of(UserNamespace namespace, long visitor) {
        return new UserNamespace(
                namespace.id(),
                0,
                namespace.ours(),
                map(visitor, "uid_map"),
                map(visitor, "gid_map"),
                namespace.ownerUid());
    }

    private @Nullable IdMap map(long member, String file) {
        String text = member == 0 ? null : proc.text(member, file);
        return text == null ? null : UserNamespace.parse(text);
    }

    private long memberOf(NamespaceId id) {
        Map<NamespaceId, Long> known = members;
        if (known == null) {
            known = all();
            members = known;
        }
        return known.getOrDefault(id, 0L);
    }

    /** A process of each user namespace that has one which may be looked at. */
    private Map<NamespaceId, Long> all() {
        Map<NamespaceId, Long> found = new HashMap<>();
        for (long pid : proc.pids()) {
            try {
                NamespaceId id = proc.namespace(pid, USER);
                if (id != null) {
                    found.putIfAbsent(id, pid);
                }
            } catch (ProcessUnreadable closed) {
                // another user's: it shows no namespace
            }
        }
        return found;
    }
}
