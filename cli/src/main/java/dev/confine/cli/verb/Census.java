package dev.confine.cli.verb;

import dev.confine.ConfineException;
import dev.confine.runtime.thread.Aside;
import dev.confine.state.ContainerId;
import dev.confine.state.ContainerState;
import java.util.ArrayList;
import java.util.List;

/** The states of some containers as of now; where there are many, as many threads ask as there are processors. */
final class Census extends Aside {
    /** A thread costs as much as it takes to ask for some. */
    private static final int FEWEST = 50;

    private final List<ContainerId> ids;
    private final Workplace workplace;
    private final List<ContainerState> states = new ArrayList<>();
    private final List<String> problems = new ArrayList<>();

    private Census(List<ContainerId> ids, Workplace workplace) {
        super("census");
        this.ids = ids;
        this.workplace = workplace;
    }

    /** In the order of {@code ids}. One whose state cannot be read is a warning. */
    static List<ContainerState> of(List<ContainerId> ids, Workplace workplace) {
        int threads = Math.max(1, Math.min(Runtime.getRuntime().availableProcessors(), ids.size() / FEWEST));
        List<Census> parts = new ArrayList<>();
        for (int i = 0; i < threads; i++) {
            List<ContainerId> part = ids.subList(ids.size() * i / threads, ids.size() * (i + 1) / threads);
            parts.add(new Census(part, i == 0 ? workplace : workplace.another()));
        }
        for (Census part : parts.subList(1, threads)) {
            part.start();
        }
        parts.get(0).work();
        List<ContainerState> states = new ArrayList<>();
        for (Census part : parts) {
            part.end();
            states.addAll(part.states);
            for (String problem : part.problems) {
                workplace.log().warn(problem);
            }
        }
        return states;
    }

    @Override
    protected void work() {
        for (ContainerId id : ids) {
            try {
                states.add(workplace.stateOf(id));
            } catch (ConfineException unreadable) {
                problems.add(String.valueOf(unreadable.getMessage()));
            }
        }
    }
}
