package dev.confine.runtime.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LinkWalkTest {
    @TempDir
    private Path root;

    @BeforeEach
    void makeTree() throws IOException {
        Files.createDirectories(root.resolve("var/lib"));
        link("var/run", "../run");
        link("var/lock", "/run/lock");
        link("lib", "usr/lib//./64/");
        link("up", "../../../../../../etc/x");
        link("chain", "var/lock");
        link("top", "/var/..");
        link("loop", "loop");
        link("nowhere", "/not/../there");
    }

    private void link(String name, String target) throws IOException {
        Files.createSymbolicLink(root.resolve(name), Path.of(target));
    }

    private String to(String path, String... mounted) throws IOException {
        return new LinkWalk(root.toString(), List.of(mounted)).to(path);
    }

    @Test
    void path_withoutLinks_isItself() throws IOException {
        for (String path : List.of("/var/lib", "/var/lib/x/y", "/not/there", "/")) {
            assertThat(to(path)).isEqualTo(path);
        }
    }

    @Test
    void links_areFollowedBeneathTheRoot_alsoIntoWhatIsMissing() throws IOException {
        assertThat(to("/var/run/secrets")).isEqualTo("/run/secrets");
        assertThat(to("/var/lock")).isEqualTo("/run/lock");
        assertThat(to("/lib/x")).isEqualTo("/usr/lib/64/x");
        assertThat(to("/up")).isEqualTo("/etc/x");
        assertThat(to("/chain/a")).isEqualTo("/run/lock/a");
    }

    @Test
    void links_thatLeadNowhereOrToTheRoot_areLeftToTheKernel() throws IOException {
        for (String path : List.of("/loop/x", "/nowhere", "/top")) {
            assertThat(to(path)).isEqualTo(path);
        }
    }

    @Test
    void links_beneathAnotherMount_areNotTheTrees() throws IOException {
        assertThat(to("/var/run/x", "/var/")).isEqualTo("/var/run/x");
        link("into", "var/run");
        assertThat(to("/into/x", "/var/")).isEqualTo("/var/run/x");
    }
}
