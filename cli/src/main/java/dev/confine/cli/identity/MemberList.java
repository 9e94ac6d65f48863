package dev.confine.cli.identity;

import dev.confine.cli.text.Screen;
import dev.confine.cli.text.Screen.Tone;
import dev.confine.cli.text.Table;
import dev.confine.runtime.inspect.CgroupPaths;
import dev.confine.runtime.inspect.ObservedProcess;
import dev.confine.runtime.inspect.ProcessStatus;
import dev.confine.runtime.json.JsonText;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The processes of one namespace, who each is inside and outside. */
final class MemberList {
    private final Observation observation;
    private final NamespaceFacts facts;
    private final InsideNames inside;

    MemberList(Observation observation, NamespaceFacts facts) {
        this.observation = observation;
        this.facts = facts;
        this.inside = new InsideNames(observation.proc());
    }

    String table(Screen screen) {
        Table table = new Table(
                        "PID", "PID INSIDE", "PPID", "USER", "USER INSIDE", "THREADS", "STATE", "CGROUP", "COMMAND")
                .right("PID", "PID INSIDE", "PPID", "THREADS")
                .least("CGROUP", 16)
                .least("COMMAND", 16)
                .least("USER", 8)
                .dispensable("THREADS", "CGROUP", "PPID", "STATE", "PID INSIDE")
                .tone("USER INSIDE", cell -> cell.endsWith("(unmapped)") ? Tone.WARNING : Tone.PLAIN);
        for (ObservedProcess process : facts.namespace().processes()) {
            ProcessStatus status = process.status();
            table.row(
                    Long.toString(process.pid()),
                    Long.toString(status.innerPid()),
                    Long.toString(status.parent()),
                    observation.users().name(status.uids().effective()),
                    inside.user(process).toString(),
                    Integer.toString(status.threads()),
                    String.valueOf(status.state()),
                    cgroup(process.pid()),
                    observation.command(process.pid()));
        }
        return screen.in(Tone.HEADING, title()) + "\n" + table.on(screen);
    }

    private String title() {
        List<String> words = new ArrayList<>(List.of(facts.id().toString()));
        if (!facts.owner().isEmpty()) {
            words.add("owner " + facts.owner());
        }
        if (!facts.parent().isEmpty()) {
            words.add("parent " + facts.parent());
        }
        if (facts.namespace().relations().ownerUid() >= 0) {
            words.add("made by "
                    + observation.users().name(facts.namespace().relations().ownerUid()));
        }
        if (!facts.maps().isEmpty()) {
            words.add("maps " + facts.maps());
        }
        if (facts.container() != null) {
            words.add("container " + facts.container());
        }
        for (String file : facts.namespace().bound()) {
            words.add("bound to " + file);
        }
        for (String file : facts.namespace().open()) {
            words.add("open as " + file);
        }
        return String.join(", ", words);
    }

    String json() {
        JsonText json = new JsonText().open('{');
        new NamespaceJson(observation).add(json.name("namespace"), facts);
        json.name("processes").open('[');
        for (ObservedProcess process : facts.namespace().processes()) {
            add(json.element(), process);
        }
        json.close(']');
        return json.member("unreadable", observation.host().unreadable())
                .close('}')
                .end();
    }

    private void add(JsonText json, ObservedProcess process) {
        ProcessStatus status = process.status();
        InsideNames.Inside user = inside.user(process);
        json.open('{')
                .member("pid", process.pid())
                .member("pidInside", status.innerPid())
                .name("pids")
                .numbers(status.innerPids())
                .member("ppid", status.parent());
        json.name("user").open('{').member("uid", status.uids().effective());
        NamespaceJson.name(json, observation.users().find(status.uids().effective()));
        json.close('}');
        json.name("userInside").open('{').member("uid", user.id()).member("mapped", user.mapped());
        NamespaceJson.name(json, user.name());
        json.close('}');
        json.member("threads", status.threads())
                .member("state", String.valueOf(status.state()))
                .member("cgroups", cgroups(process.pid()))
                .member("command", observation.command(process.pid()))
                .close('}');
    }

    /** The one path that says most. */
    private String cgroup(long pid) {
        String longest = "";
        for (String path : cgroups(pid).values()) {
            longest = path.length() > longest.length() ? path : longest;
        }
        return longest;
    }

    private Map<String, String> cgroups(long pid) {
        String text = observation.proc().text(pid, "cgroup");
        return text == null ? Map.of() : CgroupPaths.parse(text);
    }
}
