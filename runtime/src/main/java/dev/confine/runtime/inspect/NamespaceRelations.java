package dev.confine.runtime.inspect;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Whose a namespace is, ioctl_ns(2). What lies above the caller's own user or pid namespace is not told by the kernel, and null here.
 *
 * @param owner the user namespace whose capabilities count in it; of a user namespace its parent
 * @param parent of a user or pid namespace
 * @param ownerUid who made a user namespace, as seen by the caller; -1 for another type or when it is not told
 */
public record NamespaceRelations(
        @Nullable NamespaceId owner, @Nullable NamespaceId parent, long ownerUid) {
    /** Nothing was told. */
    public static final NamespaceRelations UNKNOWN = new NamespaceRelations(null, null, -1);

    /** Where relations are looked up; tests have their own. */
    public interface Source {
        /**
         * Adds what {@code known} does not have yet: the relations of {@code id}, and of all its owners and parents.
         *
         * @param place a file that leads to it: {@code /proc/PID/ns/net}
         */
        void explore(NamespaceId id, String place, Map<NamespaceId, NamespaceRelations> known);

        /**
         * The same for a namespace that is bound to a file.
         *
         * @param root the directory that is / for whoever bound it
         * @param target absolute, beneath that
         */
        void exploreBound(NamespaceId id, String root, String target, Map<NamespaceId, NamespaceRelations> known);

        /**
         * The same for a namespace that is open in a process.
         *
         * @param place {@code /proc/812/fd/5}, which may have become any other file meanwhile
         */
        void exploreOpen(NamespaceId id, String place, Map<NamespaceId, NamespaceRelations> known);
    }

    /** Asks the kernel. */
    public static Source ofThisHost() {
        return new NamespaceCalls();
    }
}
