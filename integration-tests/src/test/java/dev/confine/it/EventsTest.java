package dev.confine.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** {@code events}: what a container uses, and when its memory is used up. */
@Containers
final class EventsTest {
    private static Bundle living(String name, String resources, String... args) {
        Bundle bundle = Bundle.of(As.ROOT)
                .set("/linux/cgroupsPath", "'" + Cgroup.path(name) + "'")
                .set("/linux/resources", resources)
                .args(args);
        bundle.run("--detach").success();
        return bundle;
    }

    private static List<JsonNode> lines(String output) {
        List<JsonNode> lines = new ArrayList<>();
        for (String line : output.split("\n")) {
            if (!line.isBlank()) {
                lines.add(Config.parse(line));
            }
        }
        return lines;
    }

    @Test
    void stats_areOneLine_inRuncsWords() {
        Bundle bundle = living("stats", "{memory: {limit: 67108864}, pids: {limit: 7}}", "sleep", "100");
        List<JsonNode> lines =
                lines(bundle.confine("events", "--stats", bundle.id()).output());
        assertThat(lines).hasSize(1);
        JsonNode line = lines.get(0);
        assertThat(line.path("type").asText()).isEqualTo("stats");
        assertThat(line.path("id").asText()).isEqualTo(bundle.id());
        JsonNode data = line.path("data");
        List<String> names = new ArrayList<>();
        data.fieldNames().forEachRemaining(names::add);
        assertThat(names)
                .containsExactly(
                        "cpu", "cpuset", "memory", "pids", "blkio", "hugetlb", "intel_rdt", "network_interfaces");
        assertThat(data.path("cpu").path("usage").path("total").asLong()).isPositive();
        assertThat(data.path("memory").path("usage").path("limit").asLong()).isEqualTo(67108864);
        assertThat(data.path("memory").path("usage").path("usage").asLong()).isPositive();
        assertThat(data.path("memory").path("raw").size()).isPositive();
        assertThat(data.path("pids").toString()).isEqualTo("{\"current\":1,\"limit\":7}");
        bundle.deleteByForce().success();
    }

    @Test
    void memory_thatIsUsedUp_isTold_andTheEndOfTheContainerEndsIt() {
        Bundle bundle = living(
                "oom",
                "{memory: {limit: 16777216, swap: 16777216}}",
                "sh",
                "-c",
                "while [ ! -e /go ]; do sleep 0.1; done; x=a; while :; do x=$x$x; done");
        Command.Running events = Confine.as(As.ROOT)
                .start("--root", bundle.stateDirectory().toString(), "events", "--interval", "200ms", bundle.id());
        events.until("\"stats\"");
        Scratch.write(bundle.rootfs().resolve("go"), "");
        String output = events.await().output();
        List<JsonNode> lines = lines(output);
        assertThat(lines.stream().map(line -> line.path("type").asText())).contains("stats", "oom");
        assertThat(output).contains("{\"type\":\"oom\",\"id\":\"" + bundle.id() + "\"}");
        assertThat(bundle.status()).isEqualTo("stopped");
        bundle.confine("events", "--stats", bundle.id()).refusal("container not running");
        bundle.deleteByForce().success();
    }

    @Test
    void interval_thatIsNone_isRefused() {
        Bundle bundle = living("interval", "{pids: {limit: 7}}", "sleep", "100");
        bundle.confine("events", "--interval", "0s", bundle.id()).refusal("--interval 0s", "duration above 0");
        bundle.deleteByForce().success();
    }

    @Test
    void ordinaryUser_withoutACgroup_isToldWhy() {
        Bundle bundle = Bundle.of(As.USER).args("sleep", "100");
        bundle.run("--detach").success();
        bundle.confine("events", "--stats", bundle.id()).refusal("no cgroup of its own");
        bundle.deleteByForce().success();
    }
}
