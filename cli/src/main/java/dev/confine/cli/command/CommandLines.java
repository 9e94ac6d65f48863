package dev.confine.cli.command;

import dev.confine.ConfineException;
import dev.confine.cli.verb.Invocation;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;

/** Reads a command line with picocli. */
public final class CommandLines {
    private static final int WIDTH = 100;

    private CommandLines() {}

    /**
     * What the words mean.
     *
     * @throws ConfineException when they mean nothing
     */
    public static Reading read(List<String> args) {
        RootCommand root = new RootCommand();
        CommandLine line = model(root);
        try {
            ParseResult result = line.parseArgs(args.toArray(new String[0]));
            return reading(root, result);
        } catch (ParameterException wrong) {
            throw new ConfineException(sentence(wrong), wrong);
        }
    }

    /** The whole command line, for what describes it. */
    public static CommandSpec model() {
        return model(new RootCommand()).getCommandSpec();
    }

    static CommandLine model(RootCommand root) {
        CommandLine line = new CommandLine(root);
        line.setExpandAtFiles(false);
        line.setAllowSubcommandsAsOptionParameters(true);
        line.setUsageHelpWidth(WIDTH);
        line.setColorScheme(CommandLine.Help.defaultColorScheme(Ansi.OFF));
        for (CommandLine subcommand : line.getSubcommands().values()) {
            subcommand.setStopAtPositional(
                    subcommand.getCommand() instanceof VerbCommand verb && verb.takesForeignWords());
        }
        return line;
    }

    private static Reading reading(RootCommand root, ParseResult result) {
        ParseResult last = result;
        while (last.hasSubcommand()) {
            last = last.subcommand();
        }
        CommandLine line = last.commandSpec().commandLine();
        if (last.isUsageHelpRequested()) {
            return Reading.text(line.getUsageMessage(Ansi.OFF));
        }
        if (last.isVersionHelpRequested()) {
            return Reading.text(version(line));
        }
        if (line.getCommand() instanceof VerbCommand command) {
            return Reading.of(new Invocation(root.arguments(), command.verb()));
        }
        throw new ConfineException(
                "no command given (see " + line.getCommandSpec().qualifiedName() + " --help)");
    }

    private static String version(CommandLine line) {
        StringWriter text = new StringWriter();
        line.printVersionHelp(new PrintWriter(text, true), Ansi.OFF);
        return text.toString();
    }

    private static String sentence(ParameterException wrong) {
        String message = String.valueOf(wrong.getMessage())
                .replace("is not a long", "is no whole number")
                .replace("is not an int", "is no whole number");
        if (wrong instanceof CommandLine.UnmatchedArgumentException unmatched) {
            List<String> suggestions = unmatched.getSuggestions();
            if (!suggestions.isEmpty()) {
                message += ": did you mean " + String.join(" or ", suggestions) + "?";
            }
        }
        return message + " (see " + wrong.getCommandLine().getCommandSpec().qualifiedName() + " --help)";
    }
}
