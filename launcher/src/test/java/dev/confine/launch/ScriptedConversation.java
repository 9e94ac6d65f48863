package dev.confine.launch;

import dev.confine.spi.Caller;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A conversation without a launcher: it keeps what it is told and answers from a script. What a program does is not simulated; with the
 * script at its end a program is done.
 */
public final class ScriptedConversation implements Conversation {
    private final Caller caller;
    private final Deque<Supplier<Event>> script = new ArrayDeque<>();
    private final List<Program> programs = new ArrayList<>();
    private final List<byte[]> data = new ArrayList<>();
    private final StringBuilder out = new StringBuilder();
    private final StringBuilder err = new StringBuilder();
    private boolean running;
    private int cancels;
    private @Nullable Integer exitCode;

    public ScriptedConversation(Caller caller) {
        this.caller = caller;
    }

    /** Called by root, in /, without arguments and environment. */
    public static ScriptedConversation asRoot() {
        return as(0);
    }

    /** Called by an ordinary user without capabilities, in /, without arguments and environment. */
    public static ScriptedConversation as(long uid) {
        long capabilities = uid == 0 ? 0x1ff_ffff_ffffL : 0;
        return new ScriptedConversation(
                new Caller(4711, uid, uid, List.of(), 0022, capabilities, 0, "/", List.of(), Map.of()));
    }

    // ---- the script

    public ScriptedConversation value(int tag, long value) {
        script.add(() -> new Event.Value(tag, value));
        return this;
    }

    public ScriptedConversation bytes(int tag, byte[] content) {
        script.add(() -> new Event.Bytes(tag, content));
        return this;
    }

    public ScriptedConversation done() {
        script.add(this::finish);
        return this;
    }

    /** The first step of the running program whose text starts with {@code what} fails. */
    public ScriptedConversation failure(String what, Errno errno) {
        script.add(() -> {
            for (Step step : programs.get(programs.size() - 1).steps()) {
                if (step.what().startsWith(what)) {
                    throw new LaunchFailure(step, errno.number(), 4712);
                }
            }
            throw new AssertionError("no step is called " + what);
        });
        return this;
    }

    public ScriptedConversation lost() {
        script.add(() -> {
            throw new ConversationLost("the script says so");
        });
        return this;
    }

    // ---- what was said

    public List<Program> programs() {
        return programs;
    }

    public List<byte[]> sentData() {
        return data;
    }

    public String out() {
        return out.toString();
    }

    public String err() {
        return err.toString();
    }

    public int cancels() {
        return cancels;
    }

    public @Nullable Integer exitCode() {
        return exitCode;
    }

    // ---- the conversation

    @Override
    public Architecture architecture() {
        return Architecture.X86_64;
    }

    @Override
    public Caller caller() {
        return caller;
    }

    @Override
    public boolean cold() {
        return true;
    }

    @Override
    public void run(Program program) {
        programs.add(program);
        running = true;
    }

    @Override
    public Event await() {
        if (!running) {
            throw new IllegalStateException("no program is running");
        }
        Supplier<Event> next = script.poll();
        return next == null ? finish() : next.get();
    }

    private Event finish() {
        running = false;
        return new Event.Done();
    }

    @Override
    public long awaitValue(int tag) {
        if (await() instanceof Event.Value value && value.tag() == tag) {
            return value.value();
        }
        throw new IllegalStateException("the script should have value " + tag + " next");
    }

    @Override
    public byte[] awaitBytes(int tag) {
        if (await() instanceof Event.Bytes bytes && bytes.tag() == tag) {
            return bytes.content();
        }
        throw new IllegalStateException("the script should have bytes " + tag + " next");
    }

    @Override
    public void awaitDone() {
        if (!(await() instanceof Event.Done)) {
            throw new IllegalStateException("the script should be done");
        }
    }

    @Override
    public void data(byte[] content) {
        data.add(content);
    }

    @Override
    public List<Event> cancel() {
        cancels++;
        running = false;
        return List.of();
    }

    @Override
    public void out(String text) {
        out.append(text);
    }

    @Override
    public void err(String text) {
        err.append(text);
    }

    @Override
    public void leave() {}

    @Override
    public void exit(int code) {
        exitCode = code;
    }
}
