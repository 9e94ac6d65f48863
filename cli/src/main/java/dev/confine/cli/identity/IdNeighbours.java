package dev.confine.cli.identity;

import dev.confine.cli.identity.IdLevel.Kind;
import dev.confine.idmap.Extent;
import dev.confine.idmap.IdMap;
import dev.confine.idmap.IdMapException;
import dev.confine.idmap.IdRange;
import dev.confine.runtime.inspect.ContainerName;
import dev.confine.runtime.inspect.HostNamespaces;
import dev.confine.runtime.inspect.Namespace;
import dev.confine.runtime.inspect.NamespaceId;
import dev.confine.spec.NamespaceType;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Who else has the host ids of a map: users by /etc/subuid or /etc/subgid, accounts of the host, and other user namespaces. Namespaces that lie within or above the
 * subject's have its ids by nature and are left out.
 *
 * @param subordinate entries of the file whose ids the map has some of
 * @param accounts ids of the host with a name, in the order of the ids
 * @param shared ids that another user namespace maps too
 */
record IdNeighbours(List<Subordinate> subordinate, List<Account> accounts, List<Shared> shared) {
    private static final int MOST_ACCOUNTS = 1000;

    IdNeighbours {
        subordinate = List.copyOf(subordinate);
        accounts = List.copyOf(accounts);
        shared = List.copyOf(shared);
    }

    /** A range of a user, of which the map has {@code common}. */
    record Subordinate(String user, IdRange range, IdRange common) {}

    /** A user or group of the host. */
    record Account(long id, String name) {}

    /** Ids that another namespace has too; its container where it is in one. */
    record Shared(NamespaceId id, @Nullable ContainerName container, String command, IdRange common) {
        String words() {
            String who =
                    container == null ? id + (command.isEmpty() ? "" : " (" + command + ")") : id + ", " + container;
            return common + " are also those of " + who;
        }
    }

    static IdNeighbours of(IdChain chain, Kind kind, List<IdPiece> pieces, Observation observation) {
        IdLevel host = chain.levels().get(chain.levels().size() - 1);
        String file = kind == Kind.UID ? "/etc/subuid" : "/etc/subgid";
        String text = observation.proc().text(file);
        return new IdNeighbours(
                subordinate(text == null ? "" : text, pieces),
                accounts(host, kind, pieces),
                chain.isOurs() ? List.of() : shared(chain, kind, pieces, observation));
    }

    /** Lines that are no entry are passed over. */
    static List<Subordinate> subordinate(String text, List<IdPiece> pieces) {
        List<Subordinate> found = new ArrayList<>();
        for (String line : text.split("\n")) {
            String[] fields = line.strip().split(":");
            if (fields.length == 3) {
                try {
                    IdRange range = new IdRange(Long.parseLong(fields[1]), Long.parseLong(fields[2]));
                    for (IdRange common : common(pieces, range)) {
                        found.add(new Subordinate(fields[0], range, common));
                    }
                } catch (NumberFormatException | IdMapException none) {
                    // no entry
                }
            }
        }
        return found;
    }

    private static List<Account> accounts(IdLevel host, Kind kind, List<IdPiece> pieces) {
        List<Account> accounts = new ArrayList<>();
        for (IdPiece piece : pieces) {
            Map<Long, String> names =
                    host.names(kind).between(piece.host(), piece.hostRange().last());
            for (Map.Entry<Long, String> name : names.entrySet()) {
                if (accounts.size() < MOST_ACCOUNTS) {
                    accounts.add(new Account(name.getKey(), name.getValue()));
                }
            }
        }
        return accounts;
    }

    private static List<Shared> shared(IdChain chain, Kind kind, List<IdPiece> pieces, Observation observation) {
        Set<NamespaceId> related = related(chain, observation.host());
        List<Shared> shared = new ArrayList<>();
        for (Namespace namespace : observation.host().namespaces()) {
            if (namespace.id().type() == NamespaceType.USER && !related.contains(namespace.id())) {
                NamespaceFacts facts = observation.facts(namespace);
                IdMap map = kind == Kind.UID ? facts.uids() : facts.gids();
                for (IdRange common : common(pieces, map)) {
                    shared.add(new Shared(namespace.id(), facts.container(), facts.command(), common));
                }
            }
        }
        return shared;
    }

    /** The subject's own namespace with all above and all within it. */
    private static Set<NamespaceId> related(IdChain chain, HostNamespaces host) {
        Set<NamespaceId> related = new HashSet<>();
        for (IdLevel level : chain.levels()) {
            if (level.id() != null) {
                related.add(level.id());
            }
        }
        NamespaceId own = chain.inner().id();
        for (Namespace namespace : host.namespaces()) {
            NamespaceId above = namespace.id();
            for (int depth = 0; depth < 33 && above != null && own != null; depth++) {
                if (above.equals(own)) {
                    related.add(namespace.id());
                }
                Namespace next = host.find(above.inode());
                above = next == null ? null : next.relations().parent();
            }
        }
        return related;
    }

    private static List<IdRange> common(List<IdPiece> pieces, @Nullable IdMap map) {
        List<IdRange> common = new ArrayList<>();
        if (map != null) {
            for (Extent line : map.normalized().extents()) {
                common.addAll(common(pieces, new IdRange(line.outside(), line.size())));
            }
        }
        return common;
    }

    private static List<IdRange> common(List<IdPiece> pieces, IdRange range) {
        List<IdRange> common = new ArrayList<>();
        for (IdPiece piece : pieces) {
            long first = Math.max(piece.host(), range.first());
            long last = Math.min(piece.hostRange().last(), range.last());
            if (first <= last) {
                common.add(new IdRange(first, last - first + 1));
            }
        }
        return common;
    }
}
