package dev.confine.library;

import dev.confine.launch.Architecture;
import dev.confine.launch.Conversation;
import dev.confine.launch.Event;
import dev.confine.launch.Program;
import dev.confine.runtime.compile.Tags;
import dev.confine.spi.Caller;
import java.util.List;

/** A conversation that overhears which process the container's first one is. */
final class PidWatch implements Conversation {
    private final Conversation front;
    private long pid;

    PidWatch(Conversation front) {
        this.front = front;
    }

    /** 0 before it is known. */
    long pid() {
        return pid;
    }

    @Override
    public long awaitValue(int tag) {
        long value = front.awaitValue(tag);
        if (tag == Tags.PID) {
            pid = value;
        }
        return value;
    }

    @Override
    public Architecture architecture() {
        return front.architecture();
    }

    @Override
    public Caller caller() {
        return front.caller();
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
