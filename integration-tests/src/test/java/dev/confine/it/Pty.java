package dev.confine.it;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** A person at a terminal of 24 rows and 80 columns, who starts a command, waits for words and types others: {@code pty.py}. */
final class Pty {
    static final String CONTROL_C = "\003";
    static final String CONTROL_D = "\004";
    static final String CONTROL_Z = "\032";

    private final As as;
    private final List<String> steps = new ArrayList<>();

    private Pty(As as) {
        this.as = as;
    }

    static Pty of(As as) {
        Host.require("python");
        as.require();
        return new Pty(as);
    }

    /** Waits until {@code text} is written, after what was waited for before. */
    Pty expect(String text) {
        return step("expect", text);
    }

    Pty send(String text) {
        return step("send", text);
    }

    Pty resize(int rows, int columns) {
        return step("resize", rows + "x" + columns);
    }

    /** Sends a signal to the command, by name without SIG. */
    Pty signal(String name) {
        return step("signal", name);
    }

    Pty pause(int milliseconds) {
        return step("pause", Double.toString(milliseconds / 1000.0));
    }

    private Pty step(String word, String text) {
        steps.add(word + "=" + text);
        return this;
    }

    /** Runs {@code confine run} of a bundle. */
    Result run(Bundle bundle, String... flags) {
        return run(bundle.write().runWords(flags));
    }

    /** The result's output is all that was on the screen; its exit code is 1, with words, where the terminal is not as it was. */
    Result run(List<String> command) {
        List<String> words = Command.words(as.prefix(), "python3", "-c", script());
        words.addAll(steps);
        words.add("--");
        words.addAll(command);
        Result result = Command.of(words).run();
        return new Result(String.join(" ", command), result.exit(), result.out().replace("\r", ""), result.err());
    }

    private static String script() {
        try (InputStream in = Objects.requireNonNull(Pty.class.getResourceAsStream("pty.py"))) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
