package dev.confine.cli.docs;

import java.util.List;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/** Completion for fish ≥ 3.0: a function that finds the command before the cursor, and a line for each flag and word. */
final class FishCompletion {
    private static final String BEFORE = """
            # Completion of confine for fish. Made from the command line of confine: do not change it here.

            # prints the command before the cursor, and how many arguments it has so far
            function __confine_path
                set -l path confine
                set -l count 0
                set -l value no
                for word in (commandline -opc)[2..-1]
                    if test $value = yes
                        set value no
                        continue
                    end
                    switch "$path $word"
            """;
    private static final String AFTER_VALUES = """
                            set value yes
                        case '* -*'
            """;
    private static final String AFTER_COMMANDS = """
                            set path "$path $word"
                        case '*'
                            set count (math $count + 1)
                    end
                end
                echo $path $count
            end

            # whether the command before the cursor is $argv[1]
            function __confine_at
                string match -q -r -- "^$argv[1] [0-9]+\\$" (__confine_path)
            end

            # whether the argument at the cursor has the number $argv[2] of the command $argv[1]
            function __confine_place
                test (__confine_path) = "$argv[1] $argv[2]"
            end

            function __confine_containers
                set -l words (commandline -opc)
                set -l root
                for i in (seq 2 (count $words))
                    switch $words[$i]
                        case --root
                            set root --root $words[(math $i + 1)]
                        case '--root=*'
                            set root $words[$i]
                    end
                end
                $words[1] $root list -q 2>/dev/null
            end

            complete -c confine -f
            """;

    private final CommandSpec confine;
    private final StringBuilder out = new StringBuilder();

    FishCompletion(CommandSpec confine) {
        this.confine = confine;
    }

    String script() {
        List<CommandSpec> all = Commands.all(confine);
        out.append(BEFORE);
        out.append("            case");
        all.forEach(this::valued);
        out.append('\n').append(AFTER_VALUES);
        out.append("            case");
        for (CommandSpec command : all.subList(1, all.size())) {
            out.append(' ').append(quoted(Commands.path(command, " ")));
        }
        out.append('\n').append(AFTER_COMMANDS);
        all.forEach(this::command);
        return out.toString();
    }

    private void valued(CommandSpec command) {
        for (OptionSpec option : Commands.options(command)) {
            if (Commands.takesValue(option)) {
                for (String name : option.names()) {
                    out.append(' ').append(quoted(Commands.path(command, " ") + " " + name));
                }
            }
        }
    }

    private void command(CommandSpec command) {
        String path = Commands.path(command, " ");
        String here = " -n \"__confine_at '" + path + "'\"";
        for (CommandSpec inner : Commands.inner(command)) {
            line(here + " -a " + inner.name(), Commands.description(inner));
        }
        for (OptionSpec option : Commands.options(command)) {
            StringBuilder flags = new StringBuilder(here);
            for (String name : option.names()) {
                flags.append(name.startsWith("--") ? " -l " + name.substring(2) : " -s " + name.substring(1));
            }
            if (Commands.takesValue(option)) {
                Candidates candidates = Candidates.of(option);
                boolean files = candidates.kind() == Candidates.Kind.FILES;
                flags.append(files ? " -r" : " -x").append(offer(candidates));
            }
            line(flags.toString(), Commands.description(option));
        }
        for (PositionalParamSpec parameter : Commands.parameters(command)) {
            Candidates candidates = Candidates.of(parameter);
            if (candidates.kind() != Candidates.Kind.NONE) {
                String place = " -n \"__confine_place '" + path + "' "
                        + parameter.index().min() + "\"";
                line(place + offer(candidates), Commands.description(parameter));
            }
        }
    }

    private void line(String what, String description) {
        out.append("complete -c confine")
                .append(what)
                .append(" -d ")
                .append(quoted(description))
                .append('\n');
    }

    private static String offer(Candidates candidates) {
        return switch (candidates.kind()) {
            case CONTAINERS -> " -a '(__confine_containers)'";
            case FILES -> " -F";
            case DIRECTORIES -> " -a '(__fish_complete_directories)'";
            case WORDS -> " -a " + quoted(String.join(" ", candidates.words()));
            case NONE -> "";
        };
    }

    private static String quoted(String text) {
        return "'" + text.replace("\\", "\\\\").replace("'", "\\'") + "'";
    }
}
