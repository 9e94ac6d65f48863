package dev.confine.runtime.compile;

import static org.assertj.core.api.Assertions.assertThat;

import dev.confine.launch.listing.Listing;
import dev.confine.runtime.compile.Blueprint.Mode;
import dev.confine.runtime.config.SpecReader;
import dev.confine.spi.Caller;
import java.io.IOException;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/**
 * The whole program of a small container, as a person reads it. A change of the compiler shows here as a change of the file: with
 * {@code -Dgolden.write=DIRECTORY} the test writes what it has seen.
 */
class GoldenListingTest {
    @Test
    void two_mounts_run_by_root() throws Exception {
        assertGolden(Blueprints.ROOT, Mode.RUN, "two-mounts-root-run.txt");
    }

    @Test
    void two_mounts_created_by_an_ordinary_user() throws Exception {
        assertGolden(Blueprints.ANA, Mode.CREATE, "two-mounts-user-create.txt");
    }

    @Test
    void two_mounts_with_a_process_added_by_root() throws Exception {
        assertGolden(Blueprints.ROOT, Mode.EXEC_DETACHED, "two-mounts-root-exec.txt");
    }

    private static void assertGolden(Caller caller, Mode mode, String golden) throws IOException, URISyntaxException {
        String file = resource("two-mounts.json").toString();
        Blueprint blueprint = Blueprints.of(caller, SpecReader.read(file), mode);
        Compiled compiled = mode.adds() ? ExecCompiler.compile(blueprint, 42) : Compiler.compile(blueprint);
        String listing = Listing.text(compiled.program());
        String directory = System.getProperty("golden.write");
        if (directory != null) {
            Files.writeString(Path.of(directory, golden), listing);
        }
        assertThat(listing).isEqualTo(Files.readString(resource(golden)));
    }

    private static Path resource(String name) throws URISyntaxException {
        URL url = Objects.requireNonNull(GoldenListingTest.class.getResource(name), name);
        return Path.of(url.toURI());
    }
}
