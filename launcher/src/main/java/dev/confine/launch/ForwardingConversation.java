package dev.confine.launch;

import dev.confine.spi.Caller;
import java.util.List;

/** A conversation that passes everything on to another; who extends it changes one thing. */
public abstract class ForwardingConversation implements Conversation {
    private final Conversation front;

    protected ForwardingConversation(Conversation front) {
        this.front = front;
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
    public void leave() {
        front.leave();
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
