package dev.confine.it;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The command {@code confine} of the distribution, with who runs it and from where. */
final class Confine {
    private final As as;
    private final Map<String, String> environment = new TreeMap<>();
    private final List<String> outermost = new ArrayList<>();
    private final List<String> wrapper = new ArrayList<>();
    private String program = Scratch.distribution() + "/bin/confine";
    private Path directory = Path.of("/");
    private Path input = Path.of("/dev/null");
    private boolean bare;

    private Confine(As as) {
        this.as = as;
    }

    static Confine as(As as) {
        as.require();
        return new Confine(as);
    }

    Confine in(Path working) {
        directory = working;
        return this;
    }

    Confine input(Path file) {
        input = file;
        return this;
    }

    Confine env(String name, String value) {
        environment.put(name, value);
        return this;
    }

    /** No environment at all, not even a PATH. */
    Confine emptyEnvironment() {
        bare = true;
        return this;
    }

    /** Another name for the command. */
    Confine program(Path other) {
        program = other.toString();
        return this;
    }

    /** What stands before all, run by whoever runs the tests; it ends by executing what follows it. */
    Confine before(String... words) {
        outermost.addAll(List.of(words));
        return this;
    }

    /** What stands before the command, run by the same user; it ends by executing what follows it. */
    Confine via(String... words) {
        wrapper.addAll(List.of(words));
        return this;
    }

    /** A shell script that runs the command, with its arguments, as {@code "$@"}. */
    Confine viaShell(String script) {
        return via("sh", "-c", script, "sh");
    }

    Result run(String... arguments) {
        return command(arguments).run();
    }

    Command.Running start(String... arguments) {
        return command(arguments).start();
    }

    private Command command(String... arguments) {
        List<String> words = new ArrayList<>(outermost);
        words.addAll(as.prefix());
        if (bare) {
            words.addAll(List.of("env", "-i"));
        }
        words.addAll(wrapper);
        words.add(program);
        words.addAll(List.of(arguments));
        boolean same = outermost.isEmpty() && wrapper.isEmpty() && program.startsWith(Scratch.distribution() + "/");
        Command command = Command.of(words).in(directory).input(input);
        return (bare ? command : command.environment(Engines.environment(as, same))).environment(environment);
    }
}
