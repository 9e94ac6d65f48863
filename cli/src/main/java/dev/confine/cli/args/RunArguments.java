package dev.confine.cli.args;

/**
 * {@code run}.
 *
 * @param create what {@code create} takes
 * @param detach return when the program runs
 * @param keep leave the container's state when the program ends
 */
public record RunArguments(CreateArguments create, boolean detach, boolean keep) {}
