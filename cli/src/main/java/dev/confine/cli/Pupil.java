package dev.confine.cli;

import dev.confine.launch.Architecture;
import dev.confine.launch.Conversation;
import dev.confine.launch.Event;
import dev.confine.launch.Program;
import dev.confine.spi.Caller;
import java.util.ArrayList;
import java.util.List;

/** A conversation with another command line, for {@link Training}. */
record Pupil(Conversation front, Caller caller) implements Conversation {
    Pupil(Conversation front, String[] command) {
        this(front, caller(front.caller(), command));
    }

    private static Caller caller(Caller real, String[] command) {
        String bundle = real.args().get(0);
        List<String> args = new ArrayList<>();
        args.add("--root");
        args.add(bundle + "/state");
        for (String word : command) {
            args.add(word.replace("BUNDLE", bundle));
        }
        return new Caller(
                real.pid(),
                real.uid(),
                real.gid(),
                real.groups(),
                real.umask(),
                real.capabilities(),
                real.terminals(),
                real.cwd(),
                args,
                real.environment());
    }

    @Override
    public Architecture architecture() {
        return front.architecture();
    }

    @Override
    public boolean cold() {
        return front.cold();
    }

    @Override
    public void run(Program program) {
        front.run(program);
    }

    @Override
    public Event await() {
        return front.await();
    }

    @Override
    public long awaitValue(int tag) {
        return front.awaitValue(tag);
    }

    @Override
    public byte[] awaitBytes(int tag) {
        return front.awaitBytes(tag);
    }

    @Override
    public void awaitDone() {
        front.awaitDone();
    }

    @Override
    public void data(byte[] content) {
        front.data(content);
    }

    @Override
    public List<Event> cancel() {
        return front.cancel();
    }

    @Override
    public void exit(int code) {
        front.exit(code);
    }

    @Override
    public void out(String text) {
        front.out(text);
    }

    @Override
    public void err(String text) {
        front.err(text);
    }
}
