package dev.confine.cli.identity;

import dev.confine.idmap.IdRange;
import dev.confine.runtime.json.JsonText;
import java.util.List;

/** Ids as JSON, of which docs/schemas/ids.schema.json tells the members. What is not known is left out. */
final class IdsJson {
    private final JsonText json = new JsonText().open('{');

    private IdsJson(IdChain chain) {
        json.member("subject", chain.what());
        if (chain.pid() != 0) {
            json.member("pid", chain.pid());
        }
        json.name("levels").open('[');
        for (IdLevel level : chain.levels()) {
            json.element().open('{').member("host", level.ours());
            if (level.id() != null) {
                json.member("inode", level.id().inode());
            }
            if (level.member() != 0) {
                json.member("member", level.member());
            }
            NamespaceJson.map(json, "uidMap", level.uids());
            NamespaceJson.map(json, "gidMap", level.gids());
            json.close('}');
        }
        json.close(']');
    }

    static String translated(IdChain chain, List<IdTranslation> all) {
        IdsJson whole = new IdsJson(chain);
        whole.json.name("ids").open('[');
        for (IdTranslation one : all) {
            whole.add(one);
        }
        return whole.json.close(']').close('}').end();
    }

    static String overview(IdChain chain, List<IdOverview> overviews) {
        IdsJson whole = new IdsJson(chain);
        for (IdOverview overview : overviews) {
            whole.json.name(overview.kind().toString()).open('{');
            whole.add(overview);
            whole.json.close('}');
        }
        return whole.json.close('}').end();
    }

    private void add(IdTranslation one) {
        json.element().open('{').member("kind", one.kind().toString()).member("asked", one.asked());
        json.name("at").open('[');
        for (IdTranslation.Place place : one.places()) {
            json.element().open('{').member("known", place.known());
            if (place.known()) {
                json.member("id", place.id()).member("mapped", place.mapped());
                NamespaceJson.name(json, place.name());
            }
            json.close('}');
        }
        json.close(']').close('}');
    }

    private void add(IdOverview overview) {
        json.name("pieces").open('[');
        for (IdPiece piece : overview.pieces()) {
            json.element()
                    .open('{')
                    .name("firsts")
                    .numbers(piece.firsts())
                    .member("size", piece.size())
                    .close('}');
        }
        json.close(']').name("holes").open('[');
        for (IdRange hole : overview.holes()) {
            range(json.element().open('{'), hole).close('}');
        }
        json.close(']').name("subordinate").open('[');
        for (IdNeighbours.Subordinate one : overview.neighbours().subordinate()) {
            range(json.element().open('{').member("user", one.user()), one.common())
                    .close('}');
        }
        json.close(']').name("accounts").open('[');
        for (IdNeighbours.Account account : overview.neighbours().accounts()) {
            json.element()
                    .open('{')
                    .member("id", account.id())
                    .member("name", account.name())
                    .close('}');
        }
        json.close(']').name("shared").open('[');
        for (IdNeighbours.Shared shared : overview.neighbours().shared()) {
            json.element().open('{').member("inode", shared.id().inode());
            NamespaceJson.container(json, shared.container());
            range(json, shared.common()).close('}');
        }
        json.close(']');
    }

    private static JsonText range(JsonText json, IdRange range) {
        return json.member("first", range.first()).member("last", range.last());
    }
}
