package dev.confine.runtime.compile;

import static org.assertj.core.api.Assertions.assertThat;

import dev.confine.launch.listing.Listing;
import dev.confine.runtime.cgroup.Group;
import dev.confine.runtime.cgroup.Plan;
import dev.confine.runtime.compile.Blueprint.Mode;
import dev.confine.spec.Hook;
import dev.confine.spec.Hooks;
import dev.confine.spec.NetDevice;
import dev.confine.spec.Specs;
import dev.confine.state.ContainerId;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class MouldTest {
    /** If there is a mould for containers as {@code blueprint}'s, it casts what the compiler makes. */
    static @Nullable Mould assertCast(Blueprint blueprint) {
        Mould mould = Mould.of(compiled(blueprint, "aa", 0), "aa", compiled(blueprint, "bb", 1), "bb");
        if (mould != null) {
            Compiled cast = mould.cast("c1");
            Compiled made = compiled(blueprint, "c1", 2);
            assertThat(Listing.text(cast.program())).isEqualTo(Listing.text(made.program()));
            assertThat(cast.program().data()).isEqualTo(made.program().data());
            assertThat(cast.cures()).isEqualTo(made.cures());
        }
        return mould;
    }

    private static Compiled compiled(Blueprint blueprint, String id, long pid) {
        return Compiler.compile(blueprint.of(new ContainerId(id), pid, List.of("run", id)));
    }

    private static Hook hook(String path) {
        return new Hook(path, List.of(), List.of(), null);
    }

    @ParameterizedTest
    @EnumSource(names = {"CREATE", "RUN", "RUN_DETACHED", "RUN_AND_KEEP"})
    void container_ofEveryMode_hasAMould(Mode mode) {
        assertThat(assertCast(Blueprints.rootful(mode))).isNotNull();
        assertThat(assertCast(Blueprints.rootless(mode))).isNotNull();
    }

    @Test
    void idInCgroupsAndWhatHooksAreTold_isCast() {
        Plan cgroups = new Plan(
                "",
                List.of(),
                List.of(new Group("cpu", "/cg/c1/c1", true)),
                List.of(),
                new byte[0],
                List.of(),
                List.of());
        Hooks hooks =
                new Hooks(List.of(), List.of(hook("/bin/a")), List.of(), List.of(), List.of(), List.of(hook("/bin/b")));
        Blueprint plain = Blueprints.rootful(Mode.RUN);

        assertThat(assertCast(Blueprints.of(plain.caller(), plain.spec().withHooks(hooks), Mode.RUN)
                        .with(cgroups)))
                .isNotNull();
    }

    /** The name that a device has on its way between namespaces is made of the caller's process id. */
    @Test
    void programThatDependsOnMore_hasNoMould() {
        Blueprint plain = Blueprints.rootful(Mode.RUN);
        Map<String, NetDevice> devices = Map.of("eth7", new NetDevice("eth0"));

        assertThat(assertCast(
                        Blueprints.of(plain.caller(), Specs.with(plain.spec(), "linux.netDevices", devices), Mode.RUN)))
                .isNull();
    }

    @Test
    void differentPrograms_haveNoMould() {
        assertThat(Mould.of(
                        compiled(Blueprints.rootful(Mode.RUN), "aa", 0),
                        "aa",
                        compiled(Blueprints.rootful(Mode.CREATE), "bb", 0),
                        "bb"))
                .isNull();
    }
}
