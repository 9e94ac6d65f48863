package dev.confine.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.confine.spec.Hook;
import dev.confine.spec.IntelRdt;
import dev.confine.spec.MemoryPolicy;
import dev.confine.spec.Mount;
import dev.confine.spec.NetDevice;
import dev.confine.spec.Pids;
import dev.confine.spec.Rdma;
import dev.confine.spec.Seccomp;
import dev.confine.spec.Spec;
import dev.confine.spec.Specs;
import dev.confine.spec.Syscall;
import dev.confine.validate.Unsupported;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What is said to be there is what a container gets: what {@link Unsupported} would refuse is not. */
class FeaturesTest {
    static List<Arguments> properties() {
        Seccomp seccomp = new Seccomp(Seccomp.Action.SCMP_ACT_ALLOW, null, List.of(), List.of(), "", "", List.of());
        MemoryPolicy policy = new MemoryPolicy(MemoryPolicy.Mode.MPOL_BIND, "0", List.of());
        List<Hook> hook = List.of(new Hook("/x", List.of(), List.of(), null));
        return List.of(
                arguments("hooks.prestart", hook, Features.hooks().contains("prestart")),
                arguments("hooks.createRuntime", hook, Features.hooks().contains("createRuntime")),
                arguments("hooks.createContainer", hook, Features.hooks().contains("createContainer")),
                arguments("hooks.startContainer", hook, Features.hooks().contains("startContainer")),
                arguments("hooks.poststart", hook, Features.hooks().contains("poststart")),
                arguments("hooks.poststop", hook, Features.hooks().contains("poststop")),
                arguments("linux.resources.pids", new Pids(1), Features.cgroups()),
                arguments("linux.resources.rdma", Map.of("x", new Rdma(1L, null)), Features.rdma()),
                arguments("linux.seccomp", seccomp, Features.seccomp()),
                arguments("process.apparmorProfile", "x", Features.apparmor()),
                arguments("process.selinuxLabel", "x", Features.selinux()),
                arguments("linux.mountLabel", "x", Features.selinux()),
                arguments("linux.intelRdt", new IntelRdt("x", List.of(), "L3:0=f", "", false), Features.intelRdt()),
                arguments(
                        "linux.memoryPolicy",
                        policy,
                        Features.memoryPolicyModes().contains("MPOL_BIND")),
                arguments("linux.netDevices", Map.of("x", new NetDevice("")), Features.netDevices()));
    }

    @ParameterizedTest
    @MethodSource("properties")
    void feature_isThere_ifItsPropertyIsApplied(String path, Object value, boolean feature) {
        assertThat(Unsupported.find(Specs.with(path, value)).isEmpty()).isEqualTo(feature);
    }

    @Test
    void mountOption_thatIsRefused_isNone() {
        assertThat(Features.mountOptions())
                .contains("ro", "rbind", "rnosuid", "idmap")
                .doesNotContain("size", "x");
        for (String option : Features.mountOptions()) {
            Spec spec = Specs.with("mounts", List.of(new Mount("/x", "tmpfs", "x", List.of(option))));
            assertThat(Unsupported.find(spec)).as(option).isEmpty();
        }
    }

    @Test
    void seccompAction_thatIsRefused_isNone() {
        for (Seccomp.Action action : Seccomp.Action.values()) {
            List<Syscall> rules = List.of(new Syscall(List.of("getpid"), action, null, List.of()));
            Seccomp seccomp = new Seccomp(Seccomp.Action.SCMP_ACT_ALLOW, null, List.of(), List.of(), "/x", "", rules);
            assertThat(Features.seccompActions().contains(action.name()))
                    .as(action.name())
                    .isEqualTo(Unsupported.find(Specs.with("linux.seccomp", seccomp))
                            .isEmpty());
        }
    }

    @Test
    void least_isApplied_soThatAProbeIsOfItsPropertyAlone() {
        assertThat(Unsupported.find(Probe.least())).isEmpty();
    }
}
