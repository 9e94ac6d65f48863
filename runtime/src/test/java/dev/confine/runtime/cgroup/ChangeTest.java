package dev.confine.runtime.cgroup;

import static org.assertj.core.api.Assertions.assertThat;

import dev.confine.spec.BlockIO;
import dev.confine.spec.Cpu;
import dev.confine.spec.Memory;
import dev.confine.spec.Network;
import dev.confine.spec.Resources;
import dev.confine.validate.Violation;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Which limits are written when a container's change, and in which order. */
final class ChangeTest {
    private final FakeTree tree = new FakeTree();
    private final List<Violation> found = new ArrayList<>();

    private static Resources memory(@Nullable Long limit, @Nullable Long swap, boolean check) {
        Memory memory = new Memory(limit, null, swap, null, null, null, false, false, check);
        return new Resources(
                List.of(), memory, Cpu.NONE, BlockIO.NONE, List.of(), Network.NONE, null, Map.of(), Map.of());
    }

    private List<String> files(Map<String, String> directories, Resources before, Resources asked) {
        List<String> files = new ArrayList<>();
        for (Write write : Change.plan(directories, before, asked, tree, found)) {
            files.add(write.path() + "=" + write.value());
        }
        return files;
    }

    @Test
    void raisingMemoryAboveSwap_raisesSwapFirst_andLoweringMemoryFirst() {
        tree.with("/m/memory.memsw.limit_in_bytes", "100\n");
        assertThat(files(Map.of("memory", "/m"), Resources.NONE, memory(200L, 300L, false)))
                .containsExactly("/m/memory.memsw.limit_in_bytes=300", "/m/memory.limit_in_bytes=200");
        assertThat(files(Map.of("memory", "/m"), Resources.NONE, memory(50L, 60L, false)))
                .containsExactly("/m/memory.limit_in_bytes=50", "/m/memory.memsw.limit_in_bytes=60");
    }

    @Test
    void v2_countsSwapAlone_soThatANewLimitChangesIt() {
        tree.with("/u/cgroup.controllers", "memory pids\n");
        assertThat(files(Map.of("", "/u"), memory(100L, 300L, false), memory(200L, null, false)))
                .containsExactly("/u/memory.max=200", "/u/memory.swap.max=100");
    }

    @Test
    void limitBelowUsage_isRefused_whereThatIsAskedFor() {
        tree.with("/m/memory.usage_in_bytes", "70\n");
        files(Map.of("memory", "/m"), memory(100L, null, true), memory(60L, null, false));
        assertThat(found).singleElement().asString().contains("/linux/resources/memory/limit", "70");
    }

    @Test
    void controllerThatIsNotThere_isNamed() {
        files(Map.of("pids", "/p"), Resources.NONE, memory(60L, null, false));
        assertThat(found).singleElement().asString().contains("/linux/resources/memory/limit", "memory");
    }
}
