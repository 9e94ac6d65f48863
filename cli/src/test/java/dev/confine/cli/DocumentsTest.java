package dev.confine.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class DocumentsTest {
    @TempDir
    private Path prefix;

    @Test
    void documents_areWhereAPrefixHasThem() throws IOException {
        Documents.write(prefix, "0.1.0", "2026-01-31");
        assertThat(prefix.resolve("share/man/man1/confine.1"))
                .content()
                .startsWith(".TH CONFINE 1 2026-01-31 \"confine 0.1.0\" \"User Commands\"\n")
                .contains("CONFINE_BACKENDS_PATH");
        assertThat(prefix.resolve("share/man/man1/confine-run.1")).isNotEmptyFile();
        assertThat(prefix.resolve("share/bash-completion/completions/confine")).isNotEmptyFile();
        assertThat(prefix.resolve("share/zsh/site-functions/_confine")).isNotEmptyFile();
        assertThat(prefix.resolve("share/fish/vendor_completions.d/confine.fish"))
                .isNotEmptyFile();
    }
}
