package dev.confine.cli.command;

import java.util.Iterator;
import java.util.List;

/** The words that an option takes, for the completion of shells. What else is written is the verb's to refuse. */
abstract class Choice implements Iterable<String> {
    private final List<String> words;

    private Choice(String... words) {
        this.words = List.of(words);
    }

    @Override
    public Iterator<String> iterator() {
        return words.iterator();
    }

    /** Where nothing that is there already can be meant, as the name of a new container. */
    static final class Anything extends Choice {}

    static final class Formats extends Choice {
        Formats() {
            super("table", "json");
        }
    }

    static final class LogFormats extends Choice {
        LogFormats() {
            super("text", "json");
        }
    }

    static final class Levels extends Choice {
        Levels() {
            super("debug", "info", "warn", "error");
        }
    }

    static final class Shells extends Choice {
        Shells() {
            super("bash", "zsh", "fish");
        }
    }

    static final class Presets extends Choice {
        Presets() {
            super("auto", "self", "keep-id");
        }
    }

    static final class Rootless extends Choice {
        Rootless() {
            super("true", "false", "auto");
        }
    }

    static final class Signals extends Choice {
        Signals() {
            super("TERM", "KILL", "INT", "HUP", "QUIT", "USR1", "USR2", "STOP", "CONT", "WINCH");
        }
    }

    static final class EmptyNamespaces extends Choice {
        EmptyNamespaces() {
            super("network");
        }
    }

    static final class CgroupModes extends Choice {
        CgroupModes() {
            super("soft", "full", "strict", "ignore");
        }
    }

    static final class NamespaceTypes extends Choice {
        NamespaceTypes() {
            super("mnt", "net", "pid", "user", "ipc", "uts", "cgroup", "time");
        }
    }

    static final class Trees extends Choice {
        Trees() {
            super("owner", "parent", "process");
        }
    }
}
