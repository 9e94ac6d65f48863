package dev.confine.cli.identity;

import dev.confine.runtime.inspect.NamespaceId;
import dev.confine.spec.NamespaceType;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A user namespace with what it owns, for pictures.
 *
 * @param user itself; null for the owner that is not told
 * @param owned namespaces of other types
 * @param children user namespaces in it
 */
record OwnedNamespaces(@Nullable NamespaceFacts user, List<NamespaceFacts> owned, List<OwnedNamespaces> children) {

    /** Those that no other is above; what has no owner that can be seen comes last. */
    static List<OwnedNamespaces> of(List<NamespaceFacts> all) {
        Map<NamespaceId, OwnedNamespaces> users = new LinkedHashMap<>();
        for (NamespaceFacts facts : all) {
            if (facts.id().type() == NamespaceType.USER) {
                users.put(facts.id(), new OwnedNamespaces(facts, new ArrayList<>(), new ArrayList<>()));
            }
        }
        List<OwnedNamespaces> roots = new ArrayList<>();
        OwnedNamespaces unowned = new OwnedNamespaces(null, new ArrayList<>(), new ArrayList<>());
        for (NamespaceFacts facts : all) {
            OwnedNamespaces own = users.get(facts.id());
            OwnedNamespaces above = users.get(facts.namespace().relations().owner());
            if (own == null) {
                (above == null ? unowned : above).owned.add(facts);
            } else {
                (above == null ? roots : above.children).add(own);
            }
        }
        if (!unowned.owned.isEmpty()) {
            roots.add(unowned);
        }
        return roots;
    }
}
