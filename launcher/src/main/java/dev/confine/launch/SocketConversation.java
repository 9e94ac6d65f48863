package dev.confine.launch;

import dev.confine.spi.Caller;
import java.io.BufferedInputStream;
import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The conversation over a pair of streams, which in the command are two ends of one socket. */
public final class SocketConversation implements Conversation {
    private final InputStream in;
    private final OutputStream out;
    private final Hello hello;
    private final boolean cold;
    private @Nullable Program program;
    private boolean failed;
    private boolean left;

    /** Waits for the launcher's first message. {@code cold}: this JVM was started for one command. */
    public SocketConversation(InputStream in, OutputStream out, boolean cold) {
        this.in = new BufferedInputStream(in);
        this.out = out;
        this.cold = cold;
        this.hello = Hello.decode(read());
    }

    /** The conversation of a JVM that the launcher has started: the socket is its standard input. */
    public static SocketConversation onStandardInput() {
        return new SocketConversation(
                new FileInputStream(FileDescriptor.in), new FileOutputStream(FileDescriptor.in), true);
    }

    @Override
    public Architecture architecture() {
        return hello.architecture();
    }

    @Override
    public Caller caller() {
        return hello.caller();
    }

    /** Whether the launcher has asked an engine before, which had no answer. */
    public boolean declined() {
        return hello.declined();
    }

    /** The directory in which the launcher looks for java, and so the build that it belongs to. */
    public String library() {
        return hello.library();
    }

    @Override
    public boolean cold() {
        return cold;
    }

    @Override
    public void run(Program next) {
        cancel();
        write(Wire.encode(next, hello.architecture()));
        program = next;
        failed = false;
    }

    @Override
    public Event await() {
        Program running = program;
        if (running == null) {
            throw new IllegalStateException("no program is running");
        }
        while (true) {
            Event event = event(read(), running);
            if (event != null) {
                return event;
            }
        }
    }

    @Override
    public long awaitValue(int tag) {
        Event event = await();
        if (event instanceof Event.Value value && value.tag() == tag) {
            return value.value();
        }
        throw unexpected("value " + tag, event);
    }

    @Override
    public byte[] awaitBytes(int tag) {
        Event event = await();
        if (event instanceof Event.Bytes bytes && bytes.tag() == tag) {
            return bytes.content();
        }
        throw unexpected("bytes " + tag, event);
    }

    @Override
    public void awaitDone() {
        Event event = await();
        if (!(event instanceof Event.Done)) {
            throw unexpected("the end", event);
        }
    }

    @Override
    public void data(byte[] content) {
        write(Frame.encode(FrameType.DATA, 0, content));
    }

    @Override
    public List<Event> cancel() {
        if (program == null) {
            return List.of();
        }
        write(Frame.encode(FrameType.CANCEL, 0, new byte[0]));
        failed = true;
        List<Event> said = new ArrayList<>();
        while (true) {
            Event event = await();
            if (event instanceof Event.Done) {
                return said;
            }
            said.add(event);
        }
    }

    @Override
    public void out(String text) {
        output(FrameType.STDOUT, text);
    }

    @Override
    public void err(String text) {
        output(FrameType.STDERR, text);
    }

    @Override
    public void leave() {
        program = null;
        left = true;
    }

    @Override
    public void exit(int code) {
        if (left) {
            return;
        }
        // a front that still says how its program ended must not find that nobody listens
        cancel();
        write(Frame.encode(FrameType.EXIT, code, new byte[0]));
    }

    /**
     * The first word of a JVM that was not started for this command, before it does anything for it: until then the front may go away and start one of its own.
     */
    public void take() {
        write(Frame.encode(FrameType.TAKEN, 0, new byte[0]));
    }

    /**
     * The last word of a JVM that has no answer: as soon as it has ended, the front starts one with the arguments in {@code java.full.args}, and says to that what
     * it said to this one.
     */
    public void again() {
        write(Frame.encode(FrameType.AGAIN, 0, new byte[0]));
    }

    private void output(FrameType type, String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        for (int from = 0; from < bytes.length; from += Frame.LIMIT) {
            byte[] part = Arrays.copyOfRange(bytes, from, Math.min(bytes.length, from + Frame.LIMIT));
            write(Frame.encode(type, 0, part));
        }
    }

    /** Null for a frame that is no event: a failure after the first. */
    private @Nullable Event event(Frame frame, Program running) {
        byte[] payload = frame.payload();
        if (frame.type() == FrameType.VALUE.code() && payload.length == 8) {
            return new Event.Value(frame.tag(), LittleEndian.get(payload, 0, 8));
        }
        if (frame.type() == FrameType.BYTES.code()) {
            return new Event.Bytes(frame.tag(), payload);
        }
        if (frame.type() == FrameType.DONE.code()) {
            program = null;
            return new Event.Done();
        }
        if (frame.type() == FrameType.FAILURE.code() && payload.length == 8) {
            failure(running.steps(), frame.tag(), payload);
            return null;
        }
        throw new ConversationLost("the launcher sent a message of type " + frame.type() + " that has no meaning here");
    }

    private void failure(List<Step> steps, int step, byte[] payload) {
        if (!failed) {
            failed = true;
            Step where = step >= 0 && step < steps.size() ? steps.get(step) : new Step("step " + step, "");
            throw new LaunchFailure(where, (int) LittleEndian.get(payload, 0, 4), LittleEndian.get(payload, 4, 4));
        }
    }

    private static IllegalStateException unexpected(String expected, Event event) {
        return new IllegalStateException("the program should have sent " + expected + " but sent " + event);
    }

    private Frame read() {
        try {
            return Frame.read(in);
        } catch (IOException lost) {
            throw new ConversationLost("the launcher is gone: " + lost.getMessage(), lost);
        }
    }

    private void write(byte[] frame) {
        try {
            out.write(frame);
            out.flush();
        } catch (IOException lost) {
            throw new ConversationLost("the launcher is gone: " + lost.getMessage(), lost);
        }
    }
}
