package dev.confine.cli.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.confine.ConfineException;
import dev.confine.cli.args.GlobalArguments;
import dev.confine.cli.verb.DeleteMatchingVerb;
import dev.confine.cli.verb.Invocation;
import dev.confine.cli.verb.ListVerb;
import dev.confine.cli.verb.PsVerb;
import dev.confine.cli.verb.TryVerb;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class CommandLinesTest {
    @Test
    void version_ofConfine_isWhatCallersRead() {
        assertThat(CommandLines.read(List.of("--version")).text().lines())
                .satisfiesExactly(
                        first -> assertThat(first).matches("confine version \\d+\\.\\d+\\.\\d+"),
                        second -> assertThat(second).startsWith("commit: "),
                        third -> assertThat(third).isEqualTo("spec: 1.3.0"));
        assertThat(CommandLines.read(List.of("-v")).text()).startsWith("confine version ");
    }

    @Test
    void try_withFlagsOfTheCommand_leavesThemToIt() {
        Invocation expected = new Invocation(GlobalArguments.NONE, new TryVerb(List.of("ls", "-l", "--", "x")));
        assertThat(CommandLines.read(List.of("try", "--", "ls", "-l", "--", "x"))
                        .invocation())
                .isEqualTo(expected);
        assertThat(CommandLines.read(List.of("try", "ls", "-l", "--", "x")).invocation())
                .isEqualTo(expected);
    }

    @Test
    void list_asJson_isUnderstood() {
        assertThat(CommandLines.read(List.of("list", "--format", "json")).invocation())
                .isEqualTo(new Invocation(GlobalArguments.NONE, new ListVerb(true, false)));
    }

    @Test
    void ps_withOptions_leavesThemToPs() {
        assertThat(CommandLines.read(List.of("ps", "-f", "table", "c1", "-f", "-o", "pid,user"))
                        .invocation())
                .isEqualTo(
                        new Invocation(GlobalArguments.NONE, new PsVerb("c1", false, List.of("-f", "-o", "pid,user"))));
    }

    @Test
    void delete_byExpression_isAnotherVerb() {
        assertThat(CommandLines.read(List.of("delete", "--regex", "-f", "^c")).invocation())
                .isEqualTo(new Invocation(GlobalArguments.NONE, new DeleteMatchingVerb("^c", true)));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    --systemd-cgroup --cgroup-manager cgroupfs state c | exclude each other
                    --rootless maybe state c | write true, false or auto
                    exec c | write the program to run
                    exec --process f c true | leave out the command
                    exec --process f -u 1 c | leave out the command
                    run --preserve-fds 1000 c | --preserve-fds 1000: write a number from 0 to 999
                    list -f yaml | --format yaml: write table or json
                    run | Missing required parameter: 'ID' (see confine run --help)
                    stat | did you mean
                    kill --every c | Unknown option: '--every' (see confine kill --help)
                    --debug | no command given
                    """)
    void line_thatMeansNothing_isExplained(String line, String words) {
        assertThatThrownBy(() -> CommandLines.read(List.of(line.split(" "))))
                .isInstanceOf(ConfineException.class)
                .hasMessageContaining(words);
    }
}
