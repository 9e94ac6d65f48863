package dev.confine.runtime.lifecycle;

import org.jspecify.annotations.Nullable;

/** Where the terminal of a process can be: who stays in the foreground relays it, and who leaves has to send it to somebody. */
final class TerminalPlace {
    private TerminalPlace() {}

    /** What is wrong, or null. */
    static @Nullable String problem(boolean terminal, boolean detaches, @Nullable String consoleSocket) {
        if (consoleSocket == null) {
            return terminal && detaches
                    ? "nobody would hold the terminal, as nothing of confine stays: name the unix socket that it is sent to with --console-socket, or do"
                            + " without a terminal (config.json /process/terminal)"
                    : null;
        }
        if (!terminal) {
            return "--console-socket " + consoleSocket
                    + ": there is no terminal to send there: set it to true, or leave the flag out (config.json /process/terminal)";
        }
        return detaches
                ? null
                : "--console-socket " + consoleSocket
                        + ": in the foreground the terminal is relayed to the caller's: use --detach, or leave the flag out";
    }
}
