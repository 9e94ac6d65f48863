package dev.confine.cli.docs;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import picocli.CommandLine;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/** A command as a person sees it: without what is hidden. */
final class Commands {
    private Commands() {}

    /** The command and all beneath it, from the top. */
    static List<CommandSpec> all(CommandSpec command) {
        List<CommandSpec> all = new ArrayList<>();
        all.add(command);
        for (CommandSpec inner : inner(command)) {
            all.addAll(all(inner));
        }
        return all;
    }

    static List<CommandSpec> inner(CommandSpec command) {
        List<CommandSpec> inner = new ArrayList<>();
        for (CommandLine line : command.subcommands().values()) {
            if (!line.getCommandSpec().usageMessage().hidden()) {
                inner.add(line.getCommandSpec());
            }
        }
        return inner;
    }

    static List<OptionSpec> options(CommandSpec command) {
        List<OptionSpec> options = new ArrayList<>();
        for (OptionSpec option : command.options()) {
            if (!option.hidden()) {
                options.add(option);
            }
        }
        return options;
    }

    static List<PositionalParamSpec> parameters(CommandSpec command) {
        List<PositionalParamSpec> parameters = new ArrayList<>();
        for (PositionalParamSpec parameter : command.positionalParameters()) {
            if (!parameter.hidden()) {
                parameters.add(parameter);
            }
        }
        return parameters;
    }

    static boolean takesValue(OptionSpec option) {
        return option.arity().max() > 0;
    }

    /** The description of an option or parameter on one line. */
    static String description(ArgSpec arg) {
        return String.join(" ", arg.description());
    }

    static String description(CommandSpec command) {
        return String.join(" ", command.usageMessage().description());
    }

    /** {@code confine mounts add} with something else between the words. */
    static String path(CommandSpec command, String between) {
        return command.qualifiedName(between);
    }

    /** How a kind of candidates is called in a script. */
    static String word(Candidates.Kind kind) {
        return kind.name().toLowerCase(Locale.ROOT);
    }
}
