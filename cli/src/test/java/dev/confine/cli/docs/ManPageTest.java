package dev.confine.cli.docs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.confine.cli.command.CommandLines;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;

final class ManPageTest {
    private static final List<ManPage> PAGES = ManPage.all(CommandLines.model(), "0.1.0", "2026-01-31");
    private static final String GUIDE = Guide.sections(List.of("confine.log-level"), List.of("CONFINE_LOG_LEVEL"));

    @TempDir
    private Path directory;

    @Command(name = "odd", description = ".first \\n is 'no' request.")
    private static final class Odd {
        @Option(names = "--a-b", paramLabel = "X", description = "'quoted' at the start.")
        private String value = "";

        @Override
        public String toString() {
            return value;
        }
    }

    @Test
    void everyCommand_hasAPage() {
        assertThat(PAGES)
                .extracting(ManPage::file)
                .contains("share/man/man1/confine.1", "share/man/man1/confine-run.1");
        assertThat(PAGES.get(0).text(GUIDE))
                .contains(".SH NAME\nconfine \\- runs OCI", "CONFINE_LOG_LEVEL", "/etc/confine");
    }

    @Test
    void textThatLooksLikeARequest_isText() throws Exception {
        ManPage page = new ManPage(CommandSpec.forAnnotatedObject(new Odd()), "1", "2026-01-31");
        assertThat(page.text(""))
                .contains("\n\\&.first \\en is 'no' request.\n", "\n\\&'quoted' at", "\\fB\\-\\-a\\-b\\fR \\fIX\\fR");
        Tool.require("groff");
        assertThat(rendered(page)).contains(".first \\n is 'no' request.", "--a-b X", "'quoted' at the start.");
    }

    @Test
    void pages_areRenderedWithoutAWarning() throws Exception {
        Tool.require("groff");
        String run = "";
        for (ManPage page : PAGES) {
            String text = rendered(page);
            assertThat(text).as(page.file()).doesNotContain("troff:", "groff:").contains("NAME", "SYNOPSIS", "OPTIONS");
            run = page.file().endsWith("confine-run.1") ? text : run;
        }
        assertThat(run).contains("-b, --bundle DIR", "confine run [OPTIONS] ID");
    }

    @Test
    void pages_passLint() throws Exception {
        Tool.require("mandoc");
        for (ManPage page : PAGES) {
            Path file = Files.writeString(directory.resolve("page.1"), page.text(GUIDE));
            assertThat(Tool.run(Map.of(), "mandoc", "-T", "lint", "-W", "warning", file.toString()))
                    .as(page.file())
                    .isEmpty();
        }
    }

    /** As plain text, with groff's warnings in it. */
    private String rendered(ManPage page) throws Exception {
        Path file = Files.writeString(directory.resolve("page.1"), page.text(GUIDE));
        return Tool.run(
                        Map.of("LC_ALL", "C.UTF-8"),
                        "groff",
                        "-man",
                        "-ww",
                        "-Tutf8",
                        "-P-c",
                        "-P-b",
                        "-P-u",
                        file.toString())
                .replace('\u2010', '-');
    }
}
