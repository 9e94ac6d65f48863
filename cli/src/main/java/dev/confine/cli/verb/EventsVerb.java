package dev.confine.cli.verb;

import dev.confine.cli.args.EventsArguments;
import dev.confine.runtime.json.JsonText;
import dev.confine.spi.Exit;
import dev.confine.spi.Lifecycle;
import dev.confine.spi.Session;
import dev.confine.state.ContainerId;
import dev.confine.stats.Observer;
import dev.confine.stats.Statistics;

/** {@code events}: prints what a container uses, and when it is out of memory, as the lines of JSON that runc prints. */
public record EventsVerb(EventsArguments arguments) implements Verb {
    @Override
    public Exit run(Workplace workplace) {
        ContainerId id = ContainerId.parse(arguments.id());
        Lifecycle lifecycle = workplace.lifecycleOf(id);
        Printer printer = new Printer(id, workplace.session());
        if (arguments.once()) {
            printer.uses(lifecycle.statistics(id));
        } else {
            lifecycle.observe(id, arguments.interval(), printer);
        }
        return Exit.OK;
    }

    private record Printer(ContainerId id, Session session) implements Observer {
        @Override
        public void uses(Statistics statistics) {
            JsonText json = begin("stats").name("data");
            StatisticsJson.add(json, statistics);
            session.out(json.close('}').end());
        }

        @Override
        public void outOfMemory() {
            session.out(begin("oom").close('}').end());
        }

        private JsonText begin(String type) {
            return JsonText.onOneLine().open('{').member("type", type).member("id", id.value());
        }
    }
}
