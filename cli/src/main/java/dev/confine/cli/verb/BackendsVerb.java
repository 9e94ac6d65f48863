package dev.confine.cli.verb;

import dev.confine.cli.text.Table;
import dev.confine.runtime.InstalledBackend;
import dev.confine.runtime.json.JsonText;
import dev.confine.spi.Availability;
import dev.confine.spi.Caller;
import dev.confine.spi.Exit;
import java.util.List;

/** {@code backends}: lists the backends by rank, and why one cannot be used. */
public record BackendsVerb(boolean json) implements Verb {
    @Override
    public Exit run(Workplace workplace) {
        Caller caller = workplace.session().caller();
        List<InstalledBackend> all = workplace.backends().all();
        workplace.session().out(json ? asJson(all, caller) : asTable(all, caller));
        return Exit.OK;
    }

    private static String asTable(List<InstalledBackend> all, Caller caller) {
        Table table = new Table("NAME", "RANK", "USABLE", "REMARK");
        for (InstalledBackend backend : all) {
            Availability availability = backend.availability(caller);
            table.row(
                    backend.name(),
                    Integer.toString(backend.rank()),
                    availability.usable() ? "yes" : "no",
                    availability.reason());
        }
        return table.toString();
    }

    private static String asJson(List<InstalledBackend> all, Caller caller) {
        JsonText json = new JsonText().open('[');
        for (InstalledBackend backend : all) {
            Availability availability = backend.availability(caller);
            json.element()
                    .open('{')
                    .member("name", backend.name())
                    .member("rank", backend.rank())
                    .name("usable")
                    .flag(availability.usable())
                    .member("remark", availability.reason())
                    .close('}');
        }
        return json.close(']').end();
    }
}
