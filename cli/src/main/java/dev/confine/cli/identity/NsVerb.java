package dev.confine.cli.identity;

import dev.confine.ConfineException;
import dev.confine.cli.args.NsArguments;
import dev.confine.cli.args.NsArguments.Form;
import dev.confine.cli.text.Screen;
import dev.confine.cli.verb.Verb;
import dev.confine.cli.verb.Workplace;
import dev.confine.runtime.inspect.Namespace;
import dev.confine.runtime.inspect.ObservedProcess;
import dev.confine.spec.NamespaceType;
import dev.confine.spi.Exit;
import java.util.ArrayList;
import java.util.List;

/** {@code ns}: shows the namespaces of the host. It changes nothing, and enters none. */
public record NsVerb(NsArguments arguments) implements Verb {
    @Override
    public Exit run(Workplace workplace) {
        if (arguments.watch()) {
            return new NamespaceWatch(this, workplace).run();
        }
        Observation observation = Observation.now(workplace);
        String text = arguments.inode() == 0
                ? text(observation, shown(observation), workplace)
                : members(observation, workplace);
        workplace.session().out(text);
        int unreadable = observation.host().unreadable();
        if (unreadable > 0) {
            workplace
                    .log()
                    .warn(unreadable
                            + (unreadable == 1
                                    ? " process may not be looked at, nor the namespaces that only it is in"
                                    : " processes may not be looked at, nor the namespaces that only they are in")
                            + (workplace.session().caller().isRoot() ? "" : " (root sees more)"));
        }
        return Exit.OK;
    }

    private String text(Observation observation, List<NamespaceFacts> shown, Workplace workplace) {
        return switch (arguments.form()) {
            case TABLE ->
                NamespaceTable.of(
                        shown,
                        arguments.tree(),
                        observation.host(),
                        Screen.of(workplace.session().caller()));
            case JSON -> new NamespaceJson(observation).document(shown);
            case DOT -> NamespaceDot.of(shown);
            case SVG -> NamespacePicture.of(shown);
        };
    }

    /** What was asked for of all that there is. */
    List<NamespaceFacts> shown(Observation observation) {
        ObservedProcess process = null;
        if (arguments.pid() != 0) {
            process = observation.host().process(arguments.pid());
            if (process == null) {
                throw missing(observation, arguments.pid());
            }
        }
        List<NamespaceFacts> shown = new ArrayList<>();
        for (Namespace namespace : observation.host().namespaces()) {
            NamespaceType type = namespace.id().type();
            boolean typed = arguments.types().isEmpty()
                    || arguments.types().contains(type)
                    || (type == NamespaceType.USER && isPicture());
            if (typed && (process == null || process.isIn(namespace.id()))) {
                shown.add(observation.facts(namespace));
            }
        }
        return shown;
    }

    /** What owns the others is where they are drawn. */
    private boolean isPicture() {
        return arguments.form() == Form.DOT || arguments.form() == Form.SVG;
    }

    /** The reading throws when the process is there and closed. */
    private static ConfineException missing(Observation observation, long pid) {
        if (observation.proc().namespace(pid, "user") == null) {
            return new ConfineException("process " + pid + ": ESRCH: no such process (--pid)");
        }
        return new ConfineException("process " + pid + " has ended, and its parent has not waited for it (--pid)");
    }

    private String members(Observation observation, Workplace workplace) {
        Namespace namespace = observation.host().find(arguments.inode());
        if (namespace == null) {
            boolean closed = observation.host().unreadable() > 0;
            String more = workplace.session().caller().isRoot() ? "" : " (root sees more)";
            String hidden = closed ? ", or none that you may see" + more : "";
            throw new ConfineException("there is no namespace with inode " + arguments.inode() + hidden
                    + " (--ns; confine ns lists them)");
        }
        MemberList members = new MemberList(observation, observation.facts(namespace));
        return arguments.form() == Form.JSON
                ? members.json()
                : members.table(Screen.of(workplace.session().caller()));
    }
}
