package dev.confine.cli.args;

import org.jspecify.annotations.Nullable;

/**
 * The flags before the verb, as they were given; null where a flag was not given and a setting or default holds.
 *
 * @param root the state directory
 * @param log the file errors and warnings go to as well, with or without {@code file:} before it
 * @param logFormat {@code text} or {@code json}
 * @param logLevel {@code debug}, {@code info}, {@code warn}, {@code error}, {@code fatal} or {@code panic}
 * @param debug debug lines, and the trace of a failure
 * @param backend a name or {@code auto}
 * @param cgroupManager {@code cgroupfs}, {@code systemd} or {@code disabled}
 */
public record GlobalArguments(
        @Nullable String root,
        @Nullable String log,
        @Nullable String logFormat,
        @Nullable String logLevel,
        boolean debug,
        @Nullable String backend,
        @Nullable String cgroupManager) {

    /** No flag given. */
    public static final GlobalArguments NONE = new GlobalArguments(null, null, null, null, false, null, null);
}
