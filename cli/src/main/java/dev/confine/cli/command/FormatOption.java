package dev.confine.cli.command;

import dev.confine.ConfineException;
import picocli.CommandLine.Option;

/** A table for people or JSON for programs. */
final class FormatOption {
    @Option(
            names = {"-f", "--format"},
            paramLabel = "FORMAT",
            description = "table (default) or json.",
            completionCandidates = Choice.Formats.class)
    private String format = "table";

    boolean isJson() {
        if (!format.equals("table") && !format.equals("json")) {
            throw new ConfineException("--format " + format + ": write table or json");
        }
        return format.equals("json");
    }
}
