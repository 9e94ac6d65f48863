package dev.confine.cli.docs;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/** The manual page of a command, in the macros of man(7). */
public final class ManPage {
    private final CommandSpec command;
    private final String version;
    private final String date;
    private final StringBuilder out = new StringBuilder();

    /**
     * @param version of confine
     * @param date of the version, {@code 2026-01-31}
     */
    public ManPage(CommandSpec command, String version, String date) {
        this.command = command;
        this.version = version;
        this.date = date;
    }

    /** A page for the command and for each beneath it. */
    public static List<ManPage> all(CommandSpec confine, String version, String date) {
        List<ManPage> pages = new ArrayList<>();
        for (CommandSpec command : Commands.all(confine)) {
            pages.add(new ManPage(command, version, date));
        }
        return pages;
    }

    /** Beneath a prefix. */
    public String file() {
        return "share/man/man1/" + name(command) + ".1";
    }

    /**
     * The page.
     *
     * @param more further sections in the macros of man(7), for the page of {@code confine} itself
     */
    public String text(String more) {
        out.setLength(0);
        out.append(".TH ").append(name(command).toUpperCase(Locale.ROOT).replace("-", "\\-"));
        out.append(" 1 ").append(date).append(" \"confine ").append(version).append("\" \"User Commands\"\n");
        section("NAME");
        out.append(escaped(name(command))).append(" \\- ").append(summary()).append('\n');
        section("SYNOPSIS");
        synopsis();
        section("DESCRIPTION");
        out.append(line(Commands.description(command))).append('\n');
        arguments();
        options();
        commands();
        if (command.parent() == null) {
            out.append(more);
        }
        seeAlso();
        return out.toString();
    }

    private static String name(CommandSpec of) {
        return Commands.path(of, "-");
    }

    /** The first sentence, as the others of apropos(1) are: small, without a full stop. */
    private String summary() {
        String text = Commands.description(command);
        int end = text.indexOf(". ");
        String sentence = end < 0 ? text : text.substring(0, end);
        sentence = sentence.endsWith(".") ? sentence.substring(0, sentence.length() - 1) : sentence;
        return escaped(sentence.substring(0, 1).toLowerCase(Locale.ROOT) + sentence.substring(1));
    }

    private void section(String title) {
        out.append(".SH ").append(title).append('\n');
    }

    private void synopsis() {
        out.append(".B ").append(escaped(Commands.path(command, " "))).append('\n');
        out.append("[\\fIOPTIONS\\fR]\n");
        if (!Commands.inner(command).isEmpty()) {
            out.append("\\fICOMMAND\\fR\n[\\fIARGUMENTS\\fR]\n");
        }
        for (PositionalParamSpec parameter : Commands.parameters(command)) {
            String word = "\\fI" + escaped(parameter.paramLabel()) + "\\fR" + (many(parameter) ? "\\~.\\|.\\|." : "");
            out.append(parameter.arity().min() == 0 || many(parameter) ? "[" + word + "]" : word)
                    .append('\n');
        }
    }

    private static boolean many(PositionalParamSpec parameter) {
        return parameter.index().max() > parameter.index().min();
    }

    private void arguments() {
        List<PositionalParamSpec> parameters = Commands.parameters(command);
        if (!parameters.isEmpty()) {
            section("ARGUMENTS");
        }
        for (PositionalParamSpec parameter : parameters) {
            paragraph("\\fI" + escaped(parameter.paramLabel()) + "\\fR", Commands.description(parameter));
        }
    }

    private void options() {
        section("OPTIONS");
        for (OptionSpec option : Commands.options(command)) {
            StringBuilder names = new StringBuilder();
            for (String name : option.names()) {
                names.append(names.length() == 0 ? "" : ", ")
                        .append("\\fB")
                        .append(escaped(name))
                        .append("\\fR");
            }
            if (Commands.takesValue(option)) {
                names.append(" \\fI").append(escaped(option.paramLabel())).append("\\fR");
            }
            paragraph(names.toString(), Commands.description(option));
        }
    }

    private void commands() {
        List<CommandSpec> inner = Commands.inner(command);
        if (!inner.isEmpty()) {
            section("COMMANDS");
        }
        for (CommandSpec one : inner) {
            paragraph("\\fB" + escaped(name(one)) + "\\fR(1)", Commands.description(one));
        }
    }

    private void paragraph(String head, String body) {
        out.append(".TP\n").append(head).append('\n').append(line(body)).append('\n');
    }

    private void seeAlso() {
        List<CommandSpec> others = new ArrayList<>(Commands.inner(command));
        if (command.parent() != null) {
            others.add(0, command.parent());
        }
        section("SEE ALSO");
        for (int i = 0; i < others.size(); i++) {
            out.append(".BR ").append(escaped(name(others.get(i)))).append(" (1)");
            out.append(i + 1 < others.size() ? " ,\n" : "\n");
        }
    }

    /** Text that starts a line, where a full stop or quotation mark would be a request. */
    private static String line(String text) {
        String escaped = escaped(text);
        return escaped.startsWith(".") || escaped.startsWith("'") ? "\\&" + escaped : escaped;
    }

    /** Text in which nothing is a request or an escape; a dash is one that can be copied into a shell. */
    static String escaped(String text) {
        return text.replace("\\", "\\e").replace("-", "\\-");
    }
}
