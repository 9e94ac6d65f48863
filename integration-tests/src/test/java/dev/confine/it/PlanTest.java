package dev.confine.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;

/** {@code confine plan}: what would run, without running it. */
@Containers
final class PlanTest {
    @AsEach
    void text_showsCallsWithTheirCause(As as) {
        String plan = Bundle.of(as)
                .mount("{destination: '/t', type: 'tmpfs', source: 'x', options: ['size=64k']}")
                .plan()
                .output();
        assertThat(plan).contains("clone3", "move_mount", "pivot_root", "execve", "/mounts/", "size");
    }

    @AsEach
    void json_isParsed(As as) {
        JsonNode plan = Config.parse(Bundle.of(as).plan("--json").output());
        assertThat(plan.toString()).contains("clone3", "execve");
    }

    @AsEach
    void nothing_isRunOrMade(As as) {
        Bundle bundle = Bundle.of(as).script("touch /ran");
        bundle.plan().success();
        assertThat(bundle.rootfs().resolve("ran")).doesNotExist();
        assertThat(Scratch.names(bundle.stateDirectory())).isEmpty();
    }

    @AsEach
    void wrongConfig_isRefusedAsItWouldBe(As as) {
        Bundle.of(as).set("/process/cwd", "'tmp'").plan().refusals("/process/cwd", "absolute");
    }

    @AsEach
    void presets_count(As as) {
        Bundle bundle = Bundle.of(as).withoutUserNamespace();
        assertThat(bundle.plan("--map", "auto").output()).contains("user");
    }
}
