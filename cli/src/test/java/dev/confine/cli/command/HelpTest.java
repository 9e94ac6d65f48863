package dev.confine.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import picocli.CommandLine;

/** The help of every verb is a file, so that a change of a flag shows. */
final class HelpTest {
    /** Without the first word; {@code mounts add} is one. */
    static List<String> verbs() {
        List<String> verbs = new ArrayList<>();
        collect(CommandLines.model(new RootCommand()), "", verbs);
        return verbs;
    }

    private static void collect(CommandLine line, String before, List<String> verbs) {
        line.getSubcommands().forEach((name, inner) -> {
            verbs.add(before + name);
            collect(inner, before + name + " ", verbs);
        });
    }

    @ParameterizedTest
    @MethodSource("verbs")
    void help_ofVerb_isAsWritten(String verb) throws IOException {
        List<String> line = new ArrayList<>(List.of(verb.split(" ")));
        line.add("--help");
        assertThat(CommandLines.read(line).text()).isEqualTo(golden(verb.replace(' ', '-')));
    }

    @Test
    void help_ofConfine_isAsWritten() throws IOException {
        assertThat(CommandLines.read(List.of("--help")).text()).isEqualTo(golden("confine"));
    }

    @Test
    void commands_withoutDescription_areNone() {
        for (CommandLine command :
                CommandLines.model(new RootCommand()).getSubcommands().values()) {
            assertThat(command.getCommandSpec().usageMessage().description()).isNotEmpty();
        }
    }

    private static String golden(String name) throws IOException {
        try (InputStream in = HelpTest.class.getResourceAsStream("/help/" + name + ".txt")) {
            return new String(Objects.requireNonNull(in, name).readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
