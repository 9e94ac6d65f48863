package dev.confine.cli.verb;

import dev.confine.cli.args.BundleArguments;
import dev.confine.cli.args.CreateArguments;
import dev.confine.spi.Exit;

/** {@code plan}: prints what would be done for a bundle. */
public record PlanVerb(BundleArguments from, boolean idmapRootfs, boolean json) implements Verb {
    @Override
    public Exit run(Workplace workplace) {
        CreateArguments create = new CreateArguments("plan", from, null, null, null, 0, false, false, idmapRootfs);
        workplace.session().out(workplace.lifecycle().plan(Requests.of(create, workplace), json));
        return Exit.OK;
    }
}
