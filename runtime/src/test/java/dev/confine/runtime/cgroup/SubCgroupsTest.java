package dev.confine.runtime.cgroup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SubCgroupsTest {
    private static final Map<String, String> OWN =
            Map.of("", "/2/box", "cpu,cpuacct", "/cpu/box", "memory", "/memory/box");

    @Test
    void nothingAsked_isTheContainersOwn() {
        assertThat(SubCgroups.below(OWN, List.of())).isEqualTo(OWN);
    }

    @Test
    void path_isBelowInEveryHierarchy() {
        assertThat(SubCgroups.below(OWN, List.of("/a/./b//")))
                .isEqualTo(Map.of("", "/2/box/a/b", "cpu,cpuacct", "/cpu/box/a/b", "memory", "/memory/box/a/b"));
    }

    @Test
    void controllers_areThoseAlone() {
        assertThat(SubCgroups.below(OWN, List.of("cpuacct:a", "memory:b")))
                .isEqualTo(Map.of("", "/2/box", "cpu,cpuacct", "/cpu/box/a", "memory", "/memory/box/b"));
        assertThat(SubCgroups.below(OWN, List.of("cpu,memory:a")))
                .isEqualTo(Map.of("", "/2/box", "cpu,cpuacct", "/cpu/box/a", "memory", "/memory/box/a"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"..", "a/../..", "a/../../../x", "cpu:../x", "pids:a", "cpu,pids:a"})
    void whatLeadsOut_orIsNotThere_isRefused(String asked) {
        assertThatThrownBy(() -> SubCgroups.below(OWN, List.of(asked))).hasMessageStartingWith("--cgroup " + asked);
    }

    @Test
    void severalPathsForAll_areRefused() {
        assertThatThrownBy(() -> SubCgroups.below(OWN, List.of("a", "cpu:b"))).hasMessageContaining("CONTROLLERS:PATH");
    }

    @Test
    void containerWithoutCgroups_hasNoneBelow() {
        assertThat(SubCgroups.below(Map.of(), List.of())).isEmpty();
        assertThatThrownBy(() -> SubCgroups.below(Map.of(), List.of("a"))).hasMessageContaining("no cgroup of its own");
    }
}
