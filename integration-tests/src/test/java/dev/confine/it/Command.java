package dev.confine.it;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;

/**
 * A command with its surroundings. Its output goes to files and not to pipes, because a container that stays would hold a pipe open.
 */
final class Command {
    private static final Duration PATIENCE = Duration.ofSeconds(60L * Eventually.PATIENCE);

    private final List<String> words;
    private final Map<String, String> environment = new TreeMap<>();
    private Path directory = Path.of("/");
    private File input = new File("/dev/null");

    private Command(List<String> words) {
        this.words = List.copyOf(words);
        environment.put("PATH", "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin");
    }

    static Command of(List<String> words) {
        return new Command(words);
    }

    static Result run(String... words) {
        return new Command(List.of(words)).run();
    }

    Command in(Path working) {
        directory = working;
        return this;
    }

    Command input(Path file) {
        input = file.toFile();
        return this;
    }

    Command environment(Map<String, String> entries) {
        environment.putAll(entries);
        return this;
    }

    Command emptyEnvironment() {
        environment.clear();
        return this;
    }

    Result run() {
        return start().await(PATIENCE);
    }

    Running start() {
        try {
            Path out = Files.createTempFile("confine-it-out", "");
            Path err = Files.createTempFile("confine-it-err", "");
            out.toFile().deleteOnExit();
            err.toFile().deleteOnExit();
            ProcessBuilder builder = new ProcessBuilder(words)
                    .directory(directory.toFile())
                    .redirectInput(input)
                    .redirectOutput(out.toFile())
                    .redirectError(err.toFile());
            builder.environment().clear();
            builder.environment().putAll(environment);
            return new Running(String.join(" ", words), builder.start(), out, err);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A command that has been started. */
    record Running(String what, Process process, Path out, Path err) {

        long pid() {
            return process.pid();
        }

        Result await() {
            return await(PATIENCE);
        }

        Result await(Duration patience) {
            try {
                if (!process.waitFor(patience.toMillis(), TimeUnit.MILLISECONDS)) {
                    process.destroyForcibly().waitFor();
                    throw new AssertionError("no end within " + patience + ": " + what + "\nout: " + outputSoFar()
                            + "\nerr: " + Files.readString(err));
                }
                Result result = new Result(what, process.exitValue(), Files.readString(out), Files.readString(err));
                Files.delete(out);
                Files.delete(err);
                return result;
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        }

        /** What it has written to its standard output. */
        String outputSoFar() {
            try {
                return Files.readString(out);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        /** Waits until its standard output has {@code text}. */
        Running until(String text) {
            Eventually.holds(what + " writes " + text, () -> outputSoFar().contains(text));
            return this;
        }

        /** Sends a signal, by name. */
        void signal(String name) {
            Command.run("kill", "-" + name, Long.toString(pid())).success();
        }
    }

    /** Words in a list that grows. */
    static List<String> words(List<String> first, String... more) {
        List<String> all = new ArrayList<>(first);
        all.addAll(List.of(more));
        return all;
    }
}
