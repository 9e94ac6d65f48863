package dev.confine.cli.docs;

import java.util.List;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/** Completion for zsh: a function a command, with the specifications that _arguments takes. */
final class ZshCompletion {
    private static final String BEFORE = """
            #compdef confine
            # Completion of confine for zsh. Made from the command line of confine: do not change it here.

            _confine_containers() {
            	local -a ids
            	ids=(${(f)"$(_call_program containers ${(q)_confine_program} ${(q)_confine_root} list -q 2>/dev/null)"})
            	compadd -a ids
            }
            """;
    private static final String AFTER = """

            _confine_main() {
            	local _confine_program=$words[1]
            	local -a _confine_root
            	local root=${words[(I)--root(|=*)]}
            	if ((root)) && [[ $words[root] == --root ]]; then
            		_confine_root=(--root "$words[root+1]")
            	elif ((root)); then
            		_confine_root=("$words[root]")
            	fi
            	_confine "$@"
            }

            _confine_main "$@"
            """;

    private final CommandSpec confine;
    private final StringBuilder out = new StringBuilder();

    ZshCompletion(CommandSpec confine) {
        this.confine = confine;
    }

    String script() {
        out.append(BEFORE);
        Commands.all(confine).forEach(this::function);
        return out.append(AFTER).toString();
    }

    private void function(CommandSpec command) {
        List<CommandSpec> inner = Commands.inner(command);
        out.append('\n').append(name(command)).append("() {\n");
        if (!inner.isEmpty()) {
            out.append("\tlocal state line\n\tlocal -a commands\n\tlocal -A opt_args\n");
        }
        out.append("\t_arguments -S").append(inner.isEmpty() ? "" : " -C");
        for (OptionSpec option : Commands.options(command)) {
            out.append(" \\\n\t\t").append(option(option));
        }
        if (inner.isEmpty()) {
            for (PositionalParamSpec parameter : Commands.parameters(command)) {
                out.append(" \\\n\t\t").append(parameter(parameter));
            }
            out.append("\n}\n");
        } else {
            out.append(" \\\n\t\t'1: :->command' \\\n\t\t'*:: :->argument'\n");
            choice(inner);
            out.append("}\n");
        }
    }

    private void choice(List<CommandSpec> inner) {
        out.append("\tcase $state in\n\tcommand)\n\t\tcommands=(\n");
        for (CommandSpec command : inner) {
            String line = command.name() + ":" + Commands.description(command).replace(":", "\\:");
            out.append("\t\t\t").append(quoted(line)).append('\n');
        }
        out.append("\t\t)\n\t\t_describe command commands\n\t\t;;\n\targument)\n\t\tcase $line[1] in\n");
        for (CommandSpec command : inner) {
            out.append("\t\t").append(command.name()).append(") ");
            out.append(name(command)).append(" ;;\n");
        }
        out.append("\t\tesac\n\t\t;;\n\tesac\n");
    }

    private static String name(CommandSpec command) {
        return "_" + Commands.path(command, "_");
    }

    /** {@code (-b --bundle)}{-b,--bundle=}{@code [what it is]:BUNDLE:_files -/}, quoted. */
    private static String option(OptionSpec option) {
        boolean value = Commands.takesValue(option);
        String rest = "[" + description(Commands.description(option)) + "]"
                + (value ? value(option.paramLabel(), Candidates.of(option)) : "");
        String repeated = option.isMultiValue() ? "*" : "";
        if (option.names().length == 1) {
            return quoted(repeated + spelled(option.names()[0], value) + rest);
        }
        StringBuilder names = new StringBuilder();
        for (String name : option.names()) {
            names.append(names.length() == 0 ? "" : ",").append(spelled(name, value));
        }
        String others = repeated.isEmpty() ? "(" + String.join(" ", option.names()) + ")" : repeated;
        return quoted(others) + "{" + names + "}" + quoted(rest);
    }

    private static String spelled(String name, boolean value) {
        return value && name.startsWith("--") ? name + "=" : name;
    }

    private static String parameter(PositionalParamSpec parameter) {
        boolean many = parameter.index().max() > parameter.index().min();
        String place = many ? "*" : Integer.toString(parameter.index().min() + 1);
        boolean optional = !many && parameter.arity().min() == 0;
        return quoted(place + (optional ? ":" : "") + value(parameter.paramLabel(), Candidates.of(parameter)));
    }

    private static String value(String label, Candidates candidates) {
        return ":" + label + ":"
                + switch (candidates.kind()) {
                    case CONTAINERS -> "_confine_containers";
                    case FILES -> "_files";
                    case DIRECTORIES -> "_files -/";
                    case WORDS -> "(" + String.join(" ", candidates.words()) + ")";
                    case NONE -> " ";
                };
    }

    private static String description(String text) {
        return text.replace("\\", "\\\\")
                .replace("[", "\\[")
                .replace("]", "\\]")
                .replace(":", "\\:");
    }

    private static String quoted(String text) {
        return "'" + text.replace("'", "'\\''") + "'";
    }
}
