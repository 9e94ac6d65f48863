package dev.confine.cli.hot;

import dev.confine.cli.args.AddedArguments;
import dev.confine.cli.args.ExecArguments;
import dev.confine.cli.verb.ExecVerb;
import dev.confine.cli.verb.Verb;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The flags of exec that callers use. Declines through its {@link Words}. */
final class HotExec {
    private final Words words;
    private final List<String> env = new ArrayList<>();
    private final List<String> cgroups = new ArrayList<>();
    private @Nullable String file;
    private @Nullable String cwd;
    private @Nullable String user;
    private @Nullable String pidFile;
    private @Nullable String consoleSocket;
    private @Nullable String pidfdSocket;
    private boolean tty;
    private boolean ignorePaused;
    private boolean detach;

    HotExec(Words words) {
        this.words = words;
    }

    @Nullable
    Verb exec() {
        while (words.atFlag()) {
            flag(words.flag());
        }
        String id = words.positional();
        List<String> command = words.rest();
        if (id == null || words.declined() || command.isEmpty() == (file == null)) {
            return null;
        }
        AddedArguments added =
                new AddedArguments(command, cwd, env, user, List.of(), List.of(), false, tty, null, null);
        if (file != null && added.describe()) {
            return null;
        }
        return new ExecVerb(new ExecArguments(
                id, file, added, pidFile, consoleSocket, pidfdSocket, cgroups, 0, ignorePaused, detach));
    }

    private void flag(String flag) {
        switch (flag) {
            case "-p", "--process" -> file = named("--process");
            case "--cwd" -> cwd = words.value();
            case "-e", "--env" -> env.add(words.repeatedValue());
            case "-u", "--user" -> user = named("--user");
            case "--console-socket" -> consoleSocket = words.value();
            case "--pidfd-socket" -> pidfdSocket = words.value();
            case "--cgroup" -> cgroups.add(words.repeatedValue());
            case "--ignore-paused" -> ignorePaused = words.set();
            case "--pid-file" -> pidFile = words.value();
            case "-d", "--detach" -> {
                words.name("--detach");
                detach = words.set();
            }
            case "-t", "--tty" -> {
                words.name("--tty");
                tty = words.set();
            }
            default -> words.decline();
        }
    }

    private String named(String canonical) {
        words.name(canonical);
        return words.value();
    }
}
