package dev.confine.cli.verb;

import dev.confine.cli.text.Table;
import dev.confine.runtime.json.JsonText;
import dev.confine.runtime.store.StateStore;
import dev.confine.spi.Exit;
import dev.confine.state.ContainerId;
import dev.confine.state.ContainerState;
import java.util.List;

/** {@code list}: shows all containers under the state directory. One whose state cannot be read is a warning and hides no other. */
public record ListVerb(boolean json, boolean quiet) implements Verb {
    @Override
    public Exit run(Workplace workplace) {
        List<ContainerId> ids = new StateStore(workplace.root()).ids();
        workplace.session().out(quiet ? names(ids) : shown(Census.of(ids, workplace), workplace.accounts()));
        return Exit.OK;
    }

    private String shown(List<ContainerState> states, Accounts accounts) {
        return json ? asJson(states, accounts) : asTable(states, accounts);
    }

    private static String names(List<ContainerId> ids) {
        StringBuilder names = new StringBuilder();
        for (ContainerId id : ids) {
            names.append(id).append('\n');
        }
        return names.toString();
    }

    private static String asTable(List<ContainerState> states, Accounts accounts) {
        Table table = new Table("ID", "PID", "STATUS", "BUNDLE", "CREATED", "OWNER");
        for (ContainerState state : states) {
            table.row(
                    state.id().value(),
                    Long.toString(StateJson.pid(state)),
                    state.status().word(),
                    state.bundle(),
                    state.created(),
                    accounts.name(state.ownerUid()));
        }
        return table.toString();
    }

    private static String asJson(List<ContainerState> states, Accounts accounts) {
        JsonText json = new JsonText().open('[');
        for (ContainerState state : states) {
            StateJson.add(json.element(), state, accounts);
        }
        return json.close(']').end();
    }
}
