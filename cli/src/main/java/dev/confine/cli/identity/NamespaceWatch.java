package dev.confine.cli.identity;

import dev.confine.cli.args.NsArguments.Form;
import dev.confine.cli.text.DisplayWidth;
import dev.confine.cli.text.Screen;
import dev.confine.cli.text.Screen.Tone;
import dev.confine.cli.verb.Workplace;
import dev.confine.runtime.inspect.Namespace;
import dev.confine.runtime.inspect.NamespaceId;
import dev.confine.runtime.json.JsonText;
import dev.confine.spi.Exit;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What changes of the namespaces, as it does: a line for each that appears, that goes, whose first process is another, or whose container has become known. It looks once a second, as the kernel
 * tells nobody of namespaces, and of processes only who has CAP_NET_ADMIN in the first user namespace: what comes and goes within a second is missed. It ends with
 * its caller.
 */
final class NamespaceWatch {
    private static final int MILLISECONDS = 1000;

    private final NsVerb verb;
    private final Workplace workplace;
    private final Screen screen;

    NamespaceWatch(NsVerb verb, Workplace workplace) {
        this.verb = verb;
        this.workplace = workplace;
        this.screen = Screen.of(workplace.session().caller());
    }

    Exit run() {
        Map<NamespaceId, NamespaceFacts> before = Map.of();
        while (true) {
            Observation observation = Observation.now(workplace);
            Map<NamespaceId, NamespaceFacts> now = byId(verb.shown(observation));
            String changes = changes(before, now, new NamespaceJson(observation));
            if (!changes.isEmpty()) {
                workplace.session().out(changes);
            }
            before = now;
            if (Workplace.isCallerGone(MILLISECONDS)) {
                return Exit.OK;
            }
        }
    }

    private String changes(
            Map<NamespaceId, NamespaceFacts> before, Map<NamespaceId, NamespaceFacts> now, NamespaceJson json) {
        StringBuilder text = new StringBuilder();
        for (NamespaceFacts old : before.values()) {
            if (!now.containsKey(old.id())) {
                text.append(line("gone", Tone.BAD, old, json));
            }
        }
        for (NamespaceFacts next : now.values()) {
            String event = event(before.get(next.id()), next);
            if (!event.isEmpty()) {
                text.append(line(event, event.equals("new") ? Tone.GOOD : Tone.WARNING, next, json));
            }
        }
        return text.toString();
    }

    /** What has happened to one that is there; empty for nothing. A container is remembered a moment after its namespaces are made. */
    static String event(@Nullable NamespaceFacts old, NamespaceFacts now) {
        if (old == null) {
            return "new";
        }
        if (!old.firstPid().equals(now.firstPid())) {
            return "first";
        }
        return now.container() == null || now.container().equals(old.container()) ? "" : "named";
    }

    private String line(String event, Tone tone, NamespaceFacts facts, NamespaceJson json) {
        String time = Instant.now().truncatedTo(ChronoUnit.MILLIS).toString();
        if (verb.arguments().form() == Form.JSON) {
            return json(time, event, facts, json);
        }
        Namespace namespace = facts.namespace();
        return time + " " + screen.in(tone, event + " ".repeat(6 - event.length())) + facts.id() + " pid "
                + (namespace.first() == null ? "-" : facts.firstPid()) + " "
                + (facts.container() == null ? "" : "[" + facts.container() + "] ")
                + DisplayWidth.printable(facts.commandOrKeeper()) + "\n";
    }

    static String json(String time, String event, NamespaceFacts facts, NamespaceJson json) {
        JsonText object = JsonText.onOneLine()
                .open('{')
                .member("time", time)
                .member("event", event)
                .name("namespace");
        json.add(object, facts);
        return object.close('}').end();
    }

    private static Map<NamespaceId, NamespaceFacts> byId(List<NamespaceFacts> all) {
        Map<NamespaceId, NamespaceFacts> byId = new LinkedHashMap<>();
        for (NamespaceFacts facts : all) {
            byId.put(facts.id(), facts);
        }
        return byId;
    }
}
