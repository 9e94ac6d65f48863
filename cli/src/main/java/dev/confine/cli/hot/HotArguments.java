package dev.confine.cli.hot;

import dev.confine.cli.args.DeleteArguments;
import dev.confine.cli.args.GlobalArguments;
import dev.confine.cli.args.KillArguments;
import dev.confine.cli.verb.DeleteVerb;
import dev.confine.cli.verb.FeaturesVerb;
import dev.confine.cli.verb.Invocation;
import dev.confine.cli.verb.KillVerb;
import dev.confine.cli.verb.ListVerb;
import dev.confine.cli.verb.PauseVerb;
import dev.confine.cli.verb.ResumeVerb;
import dev.confine.cli.verb.StartVerb;
import dev.confine.cli.verb.StateVerb;
import dev.confine.cli.verb.Verb;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reads the command lines that callers start all day: run, create, start, exec, state, kill, pause, resume, delete, list and features with plain flags. Whatever it does not know
 * for certain it declines, and picocli reads it; so it reports no errors. What it accepts means the same to picocli, which a property test compares.
 */
public final class HotArguments {
    private HotArguments() {}

    /** The command, or null to decline. */
    public static @Nullable Invocation parse(List<String> args) {
        Words words = new Words(args);
        GlobalArguments global = global(words);
        if (global == null || words.atEnd()) {
            return null;
        }
        Verb verb = verb(words.next(), words);
        return verb == null ? null : new Invocation(global, verb);
    }

    private static @Nullable GlobalArguments global(Words words) {
        String root = null;
        String log = null;
        String format = null;
        String level = null;
        String backend = null;
        String cgroups = null;
        boolean debug = false;
        boolean systemd = false;
        while (words.atFlag()) {
            String flag = words.flag();
            switch (flag) {
                case "--root" -> root = words.value();
                case "--log" -> log = words.value();
                case "--log-format" -> format = words.value();
                case "--log-level" -> level = words.value();
                case "--backend" -> backend = words.value();
                case "--debug" -> debug = words.set();
                case "--cgroup-manager" -> {
                    cgroups = words.value();
                    words.only(cgroups, "cgroupfs", "systemd", "disabled");
                }
                case "--systemd-cgroup" -> systemd = words.set();
                case "--rootless" -> words.only(words.value(), "true", "false", "auto");
                default -> words.decline();
            }
        }
        if (systemd) {
            words.only(cgroups == null ? "systemd" : cgroups, "systemd");
            cgroups = "systemd";
        }
        return words.declined() ? null : new GlobalArguments(root, log, format, level, debug, backend, cgroups);
    }

    private static @Nullable Verb verb(String name, Words words) {
        return switch (name) {
            case "run" -> new HotCreate(words, true).run();
            case "create" -> new HotCreate(words, false).create();
            case "exec" -> new HotExec(words).exec();
            case "start" -> start(words);
            case "state" -> state(words);
            case "kill" -> kill(words);
            case "pause" -> pause(words);
            case "resume" -> resume(words);
            case "delete" -> delete(words);
            case "list" -> list(words);
            case "features" -> words.atEnd() ? new FeaturesVerb() : null;
            default -> null;
        };
    }

    private static @Nullable Verb start(Words words) {
        String id = words.last();
        return id == null ? null : new StartVerb(id);
    }

    private static @Nullable Verb state(Words words) {
        String id = words.last();
        return id == null ? null : new StateVerb(id);
    }

    private static @Nullable Verb pause(Words words) {
        String id = words.last();
        return id == null ? null : new PauseVerb(id);
    }

    private static @Nullable Verb resume(Words words) {
        String id = words.last();
        return id == null ? null : new ResumeVerb(id);
    }

    private static @Nullable Verb kill(Words words) {
        boolean all = false;
        while (words.atFlag()) {
            switch (words.flag()) {
                case "-a", "--all" -> {
                    words.name("--all");
                    all = words.set();
                }
                default -> words.decline();
            }
        }
        String id = words.positional();
        String signal = words.atEnd() ? KillVerb.DEFAULT : words.last();
        return id == null || signal == null ? null : new KillVerb(new KillArguments(id, signal, all));
    }

    private static @Nullable Verb delete(Words words) {
        boolean force = false;
        while (words.atFlag()) {
            switch (words.flag()) {
                case "-f", "--force" -> {
                    words.name("--force");
                    force = words.set();
                }
                default -> words.decline();
            }
        }
        String id = words.last();
        return id == null ? null : new DeleteVerb(new DeleteArguments(id, force));
    }

    /** Asked for by the completion of a shell, with someone waiting. */
    private static @Nullable Verb list(Words words) {
        boolean json = false;
        boolean quiet = false;
        while (words.atFlag()) {
            switch (words.flag()) {
                case "-f", "--format" -> {
                    words.name("--format");
                    String format = words.value();
                    words.only(format, "table", "json");
                    json = format.equals("json");
                }
                case "-q", "--quiet" -> {
                    words.name("--quiet");
                    quiet = words.set();
                }
                default -> words.decline();
            }
        }
        return words.declined() || !words.atEnd() ? null : new ListVerb(json, quiet);
    }
}
