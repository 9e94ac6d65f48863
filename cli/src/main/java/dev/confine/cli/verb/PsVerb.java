package dev.confine.cli.verb;

import dev.confine.spi.ContainerProcess;
import dev.confine.spi.Exit;
import dev.confine.state.ContainerId;
import java.util.ArrayList;
import java.util.List;

/** {@code ps}: shows who the processes of a container are on either side. As JSON it is the array of host pids that runc prints. */
public record PsVerb(String id, boolean json) implements Verb {
    @Override
    public Exit run(Workplace workplace) {
        ContainerId container = ContainerId.parse(id);
        List<ContainerProcess> processes = workplace.lifecycleOf(container).processes(container);
        workplace.session().out(json ? pids(processes) : table(processes, workplace.accounts()));
        return Exit.OK;
    }

    private static String pids(List<ContainerProcess> processes) {
        List<Long> pids = new ArrayList<>();
        for (ContainerProcess process : processes) {
            pids.add(process.pid());
        }
        return new JsonText().numbers(pids).end();
    }

    private static String table(List<ContainerProcess> processes, Accounts accounts) {
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
