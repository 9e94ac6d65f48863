package dev.confine.runtime.compile;

import static org.assertj.core.api.Assertions.assertThat;

import dev.confine.launch.listing.Listing;
import org.junit.jupiter.api.Test;

class AffinityTest {
    private static String listing(String cpus) {
        Code code = new Code();
        code.step("begin", "");
        new Affinity(code).set(Code.num(0), cpus, "/process/execCPUAffinity/initial");
        code.asm.end();
        return Listing.text(code.finish().program());
    }

    @Test
    void cpus_areSetOnTheProcess() {
        assertThat(listing("0-1")).contains("run on the CPUs 0-1", "sched_setaffinity(0, 8, ");
    }

    @Test
    void emptyList_changesNothing() {
        assertThat(listing("")).doesNotContain("sched_setaffinity");
    }
}
