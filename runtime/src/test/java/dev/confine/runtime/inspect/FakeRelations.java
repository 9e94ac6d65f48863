package dev.confine.runtime.inspect;

import java.util.HashMap;
import java.util.Map;

/** Knows what a test tells it. */
final class FakeRelations implements NamespaceRelations.Source {
    private final Map<NamespaceId, NamespaceRelations> all = new HashMap<>();

    FakeRelations put(NamespaceId id, NamespaceRelations relations) {
        all.put(id, relations);
        return this;
    }

    @Override
    public void explore(NamespaceId id, String place, Map<NamespaceId, NamespaceRelations> known) {
        NamespaceRelations relations = all.get(id);
        if (relations != null && !known.containsKey(id)) {
            known.put(id, relations);
            if (relations.owner() != null) {
                explore(relations.owner(), place, known);
            }
            if (relations.parent() != null) {
                explore(relations.parent(), place, known);
            }
        }
    }

    @Override
    public void exploreOpen(NamespaceId id, String place, Map<NamespaceId, NamespaceRelations> known) {
        explore(id, place, known);
    }

    @Override
    public void exploreBound(NamespaceId id, String root, String target, Map<NamespaceId, NamespaceRelations> known) {
        explore(id, target, known);
    }
}
