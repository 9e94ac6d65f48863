package dev.confine.cli;

import dev.confine.cli.command.CommandLines;
import dev.confine.cli.config.SettingsKeys;
import dev.confine.cli.docs.Guide;
import dev.confine.cli.docs.ManPage;
import dev.confine.cli.docs.Shell;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Model.CommandSpec;

/** Another entry, for the build: writes the manual pages and the completions of shells beneath a prefix. */
public final class Documents {
    private Documents() {}

    /** Takes the prefix, the version and its date. */
    public static void main(String[] args) throws IOException {
        write(Path.of(args[0]), args[1], args[2]);
    }

    static void write(Path prefix, String version, String date) throws IOException {
        CommandSpec confine = CommandLines.model();
        for (Shell shell : Shell.values()) {
            write(prefix.resolve(shell.file()), shell.script(confine));
        }
        List<String> variables = new ArrayList<>();
        for (String key : SettingsKeys.ALL) {
            variables.add(SettingsKeys.variable(key));
        }
        String more = Guide.sections(SettingsKeys.ALL, variables);
        for (ManPage page : ManPage.all(confine, version, date)) {
            write(prefix.resolve(page.file()), page.text(more));
        }
    }

    private static void write(Path file, String content) throws IOException {
        Files.createDirectories(file.getParent());
        Files.writeString(file, content);
    }
}
