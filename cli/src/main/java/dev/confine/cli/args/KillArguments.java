package dev.confine.cli.args;

/**
 * {@code kill}.
 *
 * @param id as written, unchecked
 * @param signal a name, with or without SIG, or a number, as written
 * @param all whether every process gets it, not the first alone
 */
public record KillArguments(String id, String signal, boolean all) {}
