package dev.confine.runtime.compile;

import static org.assertj.core.api.Assertions.assertThat;

import dev.confine.launch.Program;
import dev.confine.launch.Step;
import dev.confine.launch.listing.Listing;
import dev.confine.launch.verify.Verifier;
import dev.confine.runtime.cgroup.Resctrl;
import dev.confine.runtime.cgroup.Write;
import dev.confine.runtime.compile.Blueprint.Mode;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The steps of a container with groups of resctrl. */
final class ResctrlGroupTest {
    private static final Resctrl PLAN = new Resctrl(
            null,
            List.of("/r/c1", "/r/c1/mon_groups/c1"),
            List.of(Write.attempt("/r/c1/schemata", "L3:0=f")),
            List.of("/r/c1", "/r/c1/mon_groups/c1"),
            List.of("/r/c1/mon_groups/c1", "/r/c1"));

    @Test
    void groups_areMadeBeforeTheProcess_whichIsInThemBeforeItGoesOn() {
        Program program =
                Compiler.compile(Blueprints.rootful(Mode.RUN).with(PLAN)).program();
        assertThat(Verifier.check(program)).isEmpty();
        List<String> steps = program.steps().stream().map(Step::what).toList();
        assertThat(steps)
                .containsSubsequence(
                        "make the group /r/c1",
                        "make the group /r/c1/mon_groups/c1",
                        "write L3:0=f to /r/c1/schemata",
                        "join the group /r/c1",
                        "join the group /r/c1/mon_groups/c1",
                        "let the container build itself");
        String listing = Listing.text(program);
        // in the end of a container in the foreground, and where its making fails
        assertThat(listing.split("unlinkat\\(AT_FDCWD, \"/r/c1/mon_groups/c1\", AT_REMOVEDIR", -1))
                .hasSize(3);
        assertThat(listing).contains("\"L3:0=f\\n\", 7");
    }
}
