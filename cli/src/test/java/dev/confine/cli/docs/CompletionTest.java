package dev.confine.cli.docs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.confine.cli.command.CommandLines;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** The scripts, driven by their shells, with a confine that lists two containers of a state directory. */
final class CompletionTest {
    @TempDir
    private Path directory;

    @BeforeEach
    void fakeConfine() throws IOException {
        Path confine = Files.writeString(directory.resolve("confine"), """
                #!/bin/sh
                case "$*" in
                'list -q') printf 'web-1\\nweb-2\\ndb-1\\n' ;;
                '--root /s list -q' | '--root=/s list -q') echo other ;;
                *) echo "unexpected: $*" >&2 ;;
                esac
                """);
        assertThat(confine.toFile().setExecutable(true)).isTrue();
        Files.createDirectory(directory.resolve("some dir"));
        Files.createFile(directory.resolve("some file"));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    l                       | list
                    state we                | web-1 web-2
                    --root /s state         | other
                    --root = /s state       | other
                    --debug kill web-1 T    | TERM
                    kill web-1              | TERM KILL INT HUP QUIT USR1 USR2 STOP CONT WINCH
                    run we                  | ''
                    run --bun               | --bundle
                    run --map               | auto self keep-id
                    run --map = k           | keep-id
                    run --map =             | auto self keep-id
                    --log-format j          | json
                    --root                  | some dir
                    run --config so         | some dir:some file
                    run --bundle so         | some dir
                    list -f                 | table json
                    completion              | bash zsh fish
                    state web-1             | ''
                    """)
    void bash_completes(String before, String expected) throws Exception {
        Tool.require("bash");
        List<String> command = new ArrayList<>(List.of(
                "bash",
                "--norc",
                "-c",
                "cd \"$1\"; source ./bash; shift; COMP_WORDS=(confine \"$@\"); COMP_CWORD=$#; _confine;"
                        + " IFS=:; printf %s \"${COMPREPLY[*]}\"",
                "bash",
                directory.toString()));
        Files.writeString(directory.resolve("bash"), Shell.BASH.script(CommandLines.model()));
        // a line that ends with a space has an empty word at the cursor
        command.addAll(List.of(before.split(" ")));
        if (isWhole(before)) {
            command.add("");
        }
        String offered = Tool.run(path(), command.toArray(new String[0]));
        assertThat(offered.split(":"))
                .containsExactlyInAnyOrder(
                        (expected.startsWith("some") ? expected : expected.replace(' ', ':')).split(":"));
    }

    private static boolean isWhole(String before) {
        String last = before.substring(before.lastIndexOf(' ') + 1);
        return List.of("state", "web-1", "--map", "--root", "-f", "completion").contains(last);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    'l'                     | list
                    'state we'              | web-1 web-2
                    '--root /s state '      | other
                    '--root=/s state '      | other
                    'kill web-1 T'          | TERM
                    'run we'                | ''
                    'run --bun'             | --bundle
                    'run --map k'           | keep-id
                    'run --bundle some'     | some dir/
                    'run --config some'     | some dir/ some file
                    'run --preserve-fds '   | ''
                    """)
    void fish_completes(String before, String expected) throws Exception {
        Tool.require("fish");
        Files.writeString(directory.resolve("fish"), Shell.FISH.script(CommandLines.model()));
        String script = "cd $argv[1]; source ./fish; complete -C \"confine $argv[2]\"";
        List<String> words = new ArrayList<>();
        Tool.run(path(), "fish", "--no-config", "-c", script, directory.toString(), before)
                .lines()
                .forEach(line -> words.add(line.split("\t")[0].replace("\\ ", " ")));
        assertThat(String.join(" ", words)).isEqualTo(expected);
    }

    @ParameterizedTest
    @EnumSource(Shell.class)
    void script_isOfItsShell(Shell shell) throws Exception {
        String program = shell.name().toLowerCase(Locale.ROOT);
        Tool.require(program);
        Path file = Files.writeString(directory.resolve("script"), shell.script(CommandLines.model()));
        assertThat(Tool.run(Map.of(), program, "-n", file.toString())).isEmpty();
    }

    @Test
    void zsh_completes() throws Exception {
        Tool.require("zsh");
        Files.writeString(directory.resolve("_confine"), Shell.ZSH.script(CommandLines.model()));
        assertThat(zsh("confine state d\t", "state db-1")).contains("state db-1");
        assertThat(zsh("confine --root /s state \t", "state other")).contains("state other");
        assertThat(zsh("confine run --bun\t", "--bundle")).contains("--bundle");
        assertThat(zsh("confine run --map k\t", "--map keep-id")).contains("--map keep-id");
        assertThat(zsh("confine completion f\t", "completion fish")).contains("completion fish");
    }

    /** What a terminal shows after {@code keys}, until {@code awaited} is there or ten seconds are over. */
    private String zsh(String keys, String awaited) throws IOException, InterruptedException {
        String script = """
                zmodload zsh/zpty
                zpty -b shell zsh -f
                zpty -w shell "cd $1; PS1='> '; fpath=($1 \\$fpath); autoload -Uz compinit; compinit -D -u; LISTMAX=1000; echo ready"
                zpty -r -m shell seen '*ready*> '
                zpty -n -w shell "$2"
                for i in {1..100}; do
                    zpty -r -t shell seen && all+=$seen
                    [[ $all == *$3* ]] && break
                    sleep 0.1
                done
                print -r -- $all
                zpty -d shell
                """;
        return Tool.run(path(), "zsh", "-f", "-c", script, "zsh", directory.toString(), keys, awaited);
    }

    private Map<String, String> path() {
        return Map.of("PATH", directory + ":" + System.getenv("PATH"), "TERM", "dumb");
    }
}
