package dev.confine.cli.args;

/**
 * {@code events}.
 *
 * @param id as written, unchecked
 * @param interval ns, above 0
 * @param once what it uses now, and no more
 */
public record EventsArguments(String id, long interval, boolean once) {}
