package dev.confine.cli.verb;

import dev.confine.cli.text.Table;
import dev.confine.runtime.json.JsonText;
import dev.confine.spi.ContainerProcess;
import dev.confine.spi.Exit;
import dev.confine.state.ContainerId;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * {@code ps}: shows who the processes of a container are on either side. As JSON it is the array of host pids that runc prints.
 *
 * @param id as written, unchecked
 * @param json not a table
 * @param options for ps(1), which then makes the table
 */
public record PsVerb(String id, boolean json, List<String> options) implements Verb {
    public PsVerb {
        options = List.copyOf(options);
    }

    @Override
    public Exit run(Workplace workplace) {
        ContainerId container = ContainerId.parse(id);
        List<ContainerProcess> processes = workplace.lifecycleOf(container).processes(container);
        workplace.session().out(json ? pids(processes) : table(processes, workplace));
        return Exit.OK;
    }

    private static String pids(List<ContainerProcess> processes) {
        List<Long> pids = new ArrayList<>();
        for (ContainerProcess process : processes) {
            pids.add(process.pid());
        }
        return new JsonText().numbers(pids).end();
    }

    private String table(List<ContainerProcess> processes, Workplace workplace) {
        if (options.isEmpty()) {
            return own(processes, workplace.accounts());
        }
        Set<String> pids = new HashSet<>();
        for (ContainerProcess process : processes) {
            pids.add(Long.toString(process.pid()));
        }
        return new ProcessTable(workplace.session().caller(), options).of(pids);
    }

    private static String own(List<ContainerProcess> processes, Accounts accounts) {
        Table table = new Table("PID", "HOST PID", "UID", "HOST USER", "COMMAND");
        for (ContainerProcess process : processes) {
            table.row(
                    Long.toString(process.innerPid()),
                    Long.toString(process.pid()),
                    Long.toString(process.innerUid()),
                    accounts.name(process.uid()),
                    process.command());
        }
        return table.toString();
    }
}
