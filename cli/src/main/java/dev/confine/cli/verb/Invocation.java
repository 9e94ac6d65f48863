package dev.confine.cli.verb;

import dev.confine.cli.args.GlobalArguments;

/** A whole command line. */
public record Invocation(GlobalArguments global, Verb verb) {}
