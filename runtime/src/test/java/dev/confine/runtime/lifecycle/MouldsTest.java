package dev.confine.runtime.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;

import dev.confine.runtime.cgroup.Group;
import dev.confine.runtime.cgroup.Plan;
import dev.confine.runtime.compile.Blueprint;
import dev.confine.runtime.compile.Blueprint.Mode;
import dev.confine.runtime.compile.Compiled;
import dev.confine.runtime.compile.Compiler;
import dev.confine.runtime.config.DefaultSpec;
import dev.confine.spec.Spec;
import dev.confine.spi.Caller;
import dev.confine.spi.CreateRequest;
import dev.confine.state.ContainerId;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class MouldsTest {
    private final Moulds moulds = new Moulds();

    private static Blueprint blueprint(String id, long pid, Map<String, String> environment) {
        Spec spec = DefaultSpec.rootful();
        byte[] text = {1};
        CreateRequest request =
                new CreateRequest(new ContainerId(id), "/bundle", spec, text, null, null, null, 0, false, false, false);
        Caller caller = new Caller(pid, 0, 0, List.of(), 022, -1, 0, "/", List.of("run", id), environment);
        Plan cgroups = new Plan(
                "", List.of(), List.of(new Group("", "/cg/" + id, true)), List.of(), new byte[8], List.of(), List.of());
        return new Blueprint(request, caller, "/run/confine/" + id, Mode.RUN, null)
                .with(new byte[8])
                .with(cgroups);
    }

    private static Blueprint blueprint(String id, long pid) {
        return blueprint(id, pid, Map.of());
    }

    private void assertCompiled(Blueprint blueprint, boolean cast) {
        Compiled made = Compiler.compile(blueprint);
        Compiled got = moulds.compile(blueprint);
        assertThat(got.proven()).isEqualTo(cast);
        assertThat(got.program().data()).isEqualTo(made.program().data());
        assertThat(got.program().steps()).isEqualTo(made.program().steps());
        assertThat(got.program().instructions()).isEqualTo(made.program().instructions());
    }

    @Test
    void containerLikeOneBefore_isCast() {
        assertCompiled(blueprint("one", 1), false);
        assertCompiled(blueprint("two", 2), true);
        assertCompiled(blueprint("cg.", 3), true);
        assertCompiled(blueprint("one", 4), true);
    }

    @Test
    void containerThatDiffersInMoreThanItsIdOrHasALongerOne_isCompiled() {
        assertCompiled(blueprint("one", 1), false);
        assertCompiled(blueprint("four", 1), false);
        assertCompiled(blueprint("two", 1, Map.of("A", "b")), false);
        assertCompiled(blueprint("two", 1).with(new byte[16]), false);
        assertCompiled(blueprint("two", 1).with(blueprint("two", 1).cgroups().withDeviceProgram(new byte[16])), false);
        assertCompiled(blueprint("two", 1).with(blueprint("six", 1).cgroups()), false);
    }

    @Test
    void idThatIsAlsoTheNameOfSomethingElse_isNotMistaken() {
        assertCompiled(blueprint("cg", 1), false);
        assertCompiled(blueprint("ab", 1), false);
        assertCompiled(blueprint("ef", 1), true);
        assertCompiled(blueprint("cg", 1), true);
    }

    /** Made-up ids and real ones are the names of other cgroups here: two of a kind differ in the place of one component alone. */
    @Test
    void componentThatOnlySometimesIsTheId_isNotMistaken() {
        assertCompiled(in("/aaa", "one"), false);
        assertCompiled(in("/two", "two"), false);
        assertCompiled(in("/aaa", "two"), true);
    }

    private static Blueprint in(String parent, String id) {
        List<Group> groups = List.of(new Group("", parent + "/" + id, true));
        return blueprint(id, 1).with(new Plan("", List.of(), groups, List.of(), new byte[8], List.of(), List.of()));
    }

    /** systemd's cgroup is not known before the scope is there. */
    @Test
    void containerInAScope_isCompiled() {
        for (int i = 0; i < 3; i++) {
            assertCompiled(blueprint("one", 1).with(Plan.moved("a.scope")), false);
        }
    }

    @Test
    void kindsThatWereAskedForLongAgo_areForgotten() {
        assertCompiled(blueprint("one", 1), false);
        for (int i = 0; i < 16; i++) {
            assertCompiled(blueprint("x".repeat(4 + i), 1), false);
        }
        assertCompiled(blueprint("two", 1), false);
    }
}
