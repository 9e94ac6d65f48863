package dev.confine.cli.identity;

import dev.confine.ConfineException;
import dev.confine.Quoted;
import dev.confine.cli.args.IdsArguments;
import dev.confine.cli.args.IdsArguments.Form;
import dev.confine.cli.args.IdsArguments.Kinds;
import dev.confine.cli.identity.IdLevel.Kind;
import dev.confine.cli.text.Screen;
import dev.confine.cli.verb.Subject;
import dev.confine.cli.verb.Verb;
import dev.confine.cli.verb.Workplace;
import dev.confine.runtime.inspect.AncestorNamespace;
import dev.confine.runtime.inspect.NamespaceRelations;
import dev.confine.runtime.inspect.Proc;
import dev.confine.runtime.lifecycle.Visit;
import dev.confine.spi.Exit;
import java.util.ArrayList;
import java.util.List;

/** {@code ids}: translates the ids of a container, process or bundle, or shows its whole map. It changes nothing; a namespace that has no process is entered to see its map. */
public record IdsVerb(IdsArguments arguments) implements Verb {
    @Override
    public Exit run(Workplace workplace) {
        Proc proc = Proc.ofThisHost();
        Subject subject = Subject.of(arguments.subject(), workplace);
        IdChain chain = IdChain.of(subject, proc, NamespaceRelations.ofThisHost(), (pid, generation, look) -> {
            try (AncestorNamespace namespace = AncestorNamespace.of(pid, generation)) {
                if (namespace.isOpen()) {
                    Visit.in(workplace.session(), namespace.file(), look);
                }
            }
        });
        OverflowIds overflow = OverflowIds.of(proc);
        Screen screen = Screen.of(workplace.session().caller());
        String text;
        if (arguments.ids().isEmpty()) {
            text = overview(chain, overflow, screen, Observation.now(workplace));
        } else {
            List<IdTranslation> all = translations(chain, overflow);
            text = arguments.form() == Form.JSON
                    ? IdsJson.translated(chain, all)
                    : IdTranslation.table(all, chain, arguments.fromHost(), screen);
        }
        workplace.session().out(text);
        return Exit.OK;
    }

    private String overview(IdChain chain, OverflowIds overflow, Screen screen, Observation observation) {
        List<IdOverview> overviews = new ArrayList<>();
        for (Kind kind : kinds()) {
            overviews.add(IdOverview.of(chain, kind, observation));
        }
        return switch (arguments.form()) {
            case TABLE -> IdLadder.of(chain, overviews, overflow, screen);
            case JSON -> IdsJson.overview(chain, overviews);
            case SVG -> IdLadderPicture.of(chain, overviews, overflow);
        };
    }

    /** A name that only users or only groups have is translated as that. */
    private List<IdTranslation> translations(IdChain chain, OverflowIds overflow) {
        IdLevel side = arguments.fromHost() ? chain.levels().get(chain.levels().size() - 1) : chain.inner();
        List<IdTranslation> all = new ArrayList<>();
        for (String word : arguments.ids()) {
            boolean found = false;
            for (Kind kind : kinds()) {
                long id = IdTranslation.id(word, side, kind);
                if (id >= 0) {
                    all.add(IdTranslation.of(chain, kind, id, arguments.fromHost(), overflow));
                    found = true;
                }
            }
            if (!found) {
                throw new ConfineException(
                        Quoted.text(word) + " is no number, and no name in /etc/passwd or /etc/group "
                                + (arguments.fromHost() ? "of the host" : "inside"));
            }
        }
        return all;
    }

    private List<Kind> kinds() {
        return arguments.kinds() == Kinds.BOTH
                ? List.of(Kind.UID, Kind.GID)
                : List.of(arguments.kinds() == Kinds.USERS ? Kind.UID : Kind.GID);
    }
}
