package dev.confine.cli.args;

/**
 * {@code spec}.
 *
 * @param bundle the directory to write into, as written
 * @param rootless the template for an ordinary user
 * @param maps put into the template
 */
public record SpecArguments(String bundle, boolean rootless, MapArguments maps) {}
