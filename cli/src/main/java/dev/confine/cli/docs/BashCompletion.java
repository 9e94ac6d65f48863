package dev.confine.cli.docs;

import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/**
 * Completion for bash ≥ 4.3: a table of the command line and a loop that walks the words before the cursor. It needs nothing of the package bash-completion.
 */
final class BashCompletion {
    private static final String BEFORE = """
            # Completion of confine for bash. Made from the command line of confine: do not change it here.

            # the kind of what follows the flag $1 of the command $path, or nothing for a flag without a value
            _confine_value() {
            	kind=
            	case "$path $1" in
            """;
    private static final String AFTER_VALUES = """
            	esac
            }

            # what stands in the place number $count of the command $path
            _confine_argument() {
            	kind=none
            	case "$path $count" in
            """;
    private static final String AFTER_ARGUMENTS = """
            	esac
            }

            # $path with the subcommand $1, where there is one of that name
            _confine_enter() {
            	case "$path $1" in
            """;
    private static final String AFTER_COMMANDS = """
            		path="$path $1"
            		count=0
            		;;
            	*)
            		((count++))
            		;;
            	esac
            }

            _confine_offer() {
            	case $1 in
            	containers)
            		COMPREPLY=($(compgen -W "$("${COMP_WORDS[0]}" "${root[@]}" list -q 2>/dev/null)" -- "$cur"))
            		;;
            	files)
            		compopt -o filenames 2>/dev/null
            		mapfile -t COMPREPLY < <(compgen -f -- "$cur")
            		;;
            	directories)
            		compopt -o filenames 2>/dev/null
            		mapfile -t COMPREPLY < <(compgen -d -- "$cur")
            		;;
            	words:*)
            		COMPREPLY=($(compgen -W "${1#words:}" -- "$cur"))
            		;;
            	esac
            }

            _confine() {
            	local IFS=$' \\t\\n' path=confine count=0 kind= flag= word words flags i
            	local cur=${COMP_WORDS[COMP_CWORD]}
            	local -a root=()
            	COMPREPLY=()
            	for ((i = 1; i < COMP_CWORD; i++)); do
            		word=${COMP_WORDS[i]}
            		if [[ -n $kind ]]; then
            			# bash takes --flag=value for three words
            			[[ $word == = ]] && continue
            			[[ $flag == --root ]] && root=(--root "$word")
            			kind=
            		elif [[ $word == -* ]]; then
            			flag=$word
            			_confine_value "$word"
            		else
            			_confine_enter "$word"
            		fi
            	done
            	[[ $cur == = ]] && cur=
            	if [[ -n $kind ]]; then
            		_confine_offer "$kind"
            		return
            	fi
            	words= flags=
            	case $path in
            """;
    private static final String AFTER = """
            	esac
            	if [[ $cur == -* ]]; then
            		_confine_offer "words:$flags"
            	elif [[ -n $words ]]; then
            		_confine_offer "words:$words"
            	else
            		_confine_argument
            		_confine_offer "$kind"
            	fi
            }

            complete -F _confine confine
            """;

    private final CommandSpec confine;
    private final StringBuilder out = new StringBuilder();

    BashCompletion(CommandSpec confine) {
        this.confine = confine;
    }

    String script() {
        List<CommandSpec> all = Commands.all(confine);
        out.append(BEFORE);
        all.forEach(this::values);
        out.append(AFTER_VALUES);
        all.forEach(this::arguments);
        out.append(AFTER_ARGUMENTS);
        commands(all);
        out.append(AFTER_COMMANDS);
        all.forEach(this::words);
        return out.append(AFTER).toString();
    }

    private void values(CommandSpec command) {
        for (OptionSpec option : Commands.options(command)) {
            if (Commands.takesValue(option)) {
                List<String> patterns = new ArrayList<>();
                for (String name : option.names()) {
                    patterns.add('"' + Commands.path(command, " ") + ' ' + name + '"');
                }
                kind(String.join(" | ", patterns), Candidates.of(option));
            }
        }
    }

    private void arguments(CommandSpec command) {
        for (PositionalParamSpec parameter : Commands.parameters(command)) {
            Candidates candidates = Candidates.of(parameter);
            if (candidates.kind() != Candidates.Kind.NONE) {
                String place = parameter.index().max() > parameter.index().min()
                        ? "\"*"
                        : parameter.index().min() + "\"";
                kind('"' + Commands.path(command, " ") + ' ' + place, candidates);
            }
        }
    }

    private void kind(String pattern, Candidates candidates) {
        String kind = Commands.word(candidates.kind());
        if (candidates.kind() == Candidates.Kind.WORDS) {
            kind += ":" + String.join(" ", candidates.words());
        }
        out.append('\t').append(pattern).append(") kind=\"").append(kind).append("\" ;;\n");
    }

    private void commands(List<CommandSpec> all) {
        List<String> patterns = new ArrayList<>();
        for (CommandSpec command : all.subList(1, all.size())) {
            patterns.add('"' + Commands.path(command, " ") + '"');
        }
        out.append('\t').append(String.join(" | ", patterns)).append(")\n");
    }

    private void words(CommandSpec command) {
        List<String> flags = new ArrayList<>();
        for (OptionSpec option : Commands.options(command)) {
            flags.addAll(List.of(option.names()));
        }
        List<String> inner = new ArrayList<>();
        Commands.inner(command).forEach(one -> inner.add(one.name()));
        out.append("\t\"").append(Commands.path(command, " ")).append("\")\n");
        out.append("\t\twords=\"").append(String.join(" ", inner)).append("\"\n");
        out.append("\t\tflags=\"").append(String.join(" ", flags)).append("\"\n\t\t;;\n");
    }
}
