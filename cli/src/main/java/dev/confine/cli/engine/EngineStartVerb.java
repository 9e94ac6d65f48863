package dev.confine.cli.engine;

import dev.confine.ConfineException;
import dev.confine.cli.verb.Verb;
import dev.confine.cli.verb.Workplace;
import dev.confine.launch.Conversation;
import dev.confine.runtime.compile.Tags;
import dev.confine.runtime.lifecycle.ProcessStat;
import dev.confine.spi.Exit;

/** {@code engine start}: starts an engine that goes on by itself, and returns when it answers. One that runs already is left alone. */
public record EngineStartVerb() implements Verb {
    private static final int SECONDS = 20;
    private static final int STEP_MILLIS = 20;

    @Override
    public boolean isAboutTheEngine() {
        return true;
    }

    @Override
    public Exit run(Workplace workplace) {
        Start start = new Start(workplace.session());
        if (start.isAnswered()) {
            workplace.session().out("an engine answers at " + start.socket() + " already\n");
            return Exit.OK;
        }
        start.prepare();
        Conversation front = start.run(start.process().program().apart());
        long pid = front.awaitValue(Tags.PID);
        front.awaitDone();
        await(start, pid);
        workplace.session().out("engine " + pid + " answers at " + start.socket() + "\n");
        return Exit.OK;
    }

    private static void await(Start start, long pid) {
        for (int waited = 0; waited < SECONDS * 1000; waited += STEP_MILLIS) {
            if (start.isAnswered()) {
                return;
            }
            ProcessStat stat = ProcessStat.of(pid);
            if (stat == null || !stat.alive()) {
                throw new ConfineException("the engine ended at once (confine engine run shows why)");
            }
            sleep();
        }
        throw new ConfineException("the engine does not answer within " + SECONDS + " s: process " + pid);
    }

    private static void sleep() {
        try {
            Thread.sleep(STEP_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
