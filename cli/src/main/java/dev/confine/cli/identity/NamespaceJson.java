package dev.confine.cli.identity;

import dev.confine.idmap.Extent;
import dev.confine.idmap.IdMap;
import dev.confine.runtime.inspect.ContainerName;
import dev.confine.runtime.inspect.NamespaceId;
import dev.confine.runtime.inspect.ObservedProcess;
import dev.confine.runtime.json.JsonText;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Namespaces as JSON, of which docs/schemas/ns.schema.json tells the members. What is not known is left out. */
final class NamespaceJson {
    private final Observation observation;

    NamespaceJson(Observation observation) {
        this.observation = observation;
    }

    /** All that were asked for, and how many processes could not be read. */
    String document(List<NamespaceFacts> shown) {
        JsonText json = new JsonText().open('{');
        json.name("namespaces").open('[');
        for (NamespaceFacts facts : shown) {
            add(json.element(), facts);
        }
        json.close(']');
        return json.member("unreadable", observation.host().unreadable())
                .close('}')
                .end();
    }

    /** The object of a namespace. */
    void add(JsonText json, NamespaceFacts facts) {
        json.open('{')
                .member("type", facts.type())
                .member("inode", facts.id().inode())
                .member("processes", facts.namespace().processes().size());
        json.name("users").open('[');
        for (long uid : facts.namespace().users()) {
            json.element().open('{').member("uid", uid);
            name(json, observation.users().find(uid));
            json.close('}');
        }
        json.close(']');
        ObservedProcess first = facts.namespace().first();
        if (first != null) {
            json.name("first")
                    .open('{')
                    .member("pid", first.pid())
                    .member("command", facts.command())
                    .close('}');
        }
        inode(json, "owner", facts.namespace().relations().owner());
        inode(json, "parent", facts.namespace().relations().parent());
        if (facts.namespace().relations().ownerUid() >= 0) {
            json.member("ownerUid", facts.namespace().relations().ownerUid());
        }
        map(json, "uidMap", facts.uids());
        map(json, "gidMap", facts.gids());
        container(json, facts.container());
        if (!facts.namespace().bound().isEmpty()) {
            json.member("bound", facts.namespace().bound());
        }
        if (!facts.namespace().open().isEmpty()) {
            json.member("open", facts.namespace().open());
        }
        if (facts.namespace().forChildrenOf() != 0) {
            json.member("forChildrenOf", facts.namespace().forChildrenOf());
        }
        json.close('}');
    }

    static void container(JsonText json, @Nullable ContainerName container) {
        if (container != null) {
            json.name("container")
                    .open('{')
                    .member("engine", container.engine().toString())
                    .member("id", container.id());
            name(json, container.name().isEmpty() ? null : container.name());
            json.close('}');
        }
    }

    static void map(JsonText json, String member, @Nullable IdMap map) {
        if (map != null) {
            json.name(member).open('[');
            for (Extent line : map.extents()) {
                json.element()
                        .open('{')
                        .member("inside", line.inside())
                        .member("outside", line.outside())
                        .member("size", line.size())
                        .close('}');
            }
            json.close(']');
        }
    }

    static void name(JsonText json, @Nullable String name) {
        if (name != null) {
            json.member("name", name);
        }
    }

    private static void inode(JsonText json, String member, @Nullable NamespaceId id) {
        if (id != null) {
            json.member(member, id.inode());
        }
    }
}
