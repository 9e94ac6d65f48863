package dev.confine.runtime.cgroup;

import static org.assertj.core.api.Assertions.assertThat;

import dev.confine.runtime.systemd.UnitProperty;
import dev.confine.spec.DeviceCgroup;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class UnitLimitsTest {
    private static List<UnitProperty> v2(int version, String... writes) {
        List<Write> list = new ArrayList<>();
        for (String write : writes) {
            int equals = write.indexOf('=');
            list.add(new Write("/cg/x/" + write.substring(0, equals), write.substring(equals + 1), ""));
        }
        return UnitLimits.of(list, "/cg/x", version);
    }

    @Test
    void limits_ofV2_areProperties() {
        assertThat(v2(
                        252,
                        "memory.max=1048576",
                        "memory.swap.max=max",
                        "cpu.weight=79",
                        "cpu.max=50000 200000",
                        "pids.max=7",
                        "cpuset.cpus=0-1,9",
                        "hugetlb.2MB.max=0"))
                .containsExactly(
                        UnitProperty.number("MemoryMax", 1048576),
                        UnitProperty.number("MemorySwapMax", -1),
                        UnitProperty.number("CPUWeight", 79),
                        UnitProperty.number("TasksMax", 7),
                        UnitProperty.bytes("AllowedCPUs", List.of(3L, 2L)),
                        UnitProperty.number("CPUQuotaPerSecUSec", 250_000),
                        UnitProperty.number("CPUQuotaPeriodUSec", 200_000));
    }

    @Test
    void limits_ofV1_areProperties() {
        List<Write> writes = List.of(
                new Write("/cg/memory/x/memory.limit_in_bytes", "-1", ""),
                new Write("/cg/cpu/x/cpu.shares", "512", ""),
                new Write("/cg/cpu/x/cpu.cfs_quota_us", "-1", ""),
                new Write("/cg/cpuset/x/cpuset.cpus", "0", ""));
        assertThat(UnitLimits.of(writes, null, 230))
                .containsExactly(
                        UnitProperty.number("MemoryLimit", -1),
                        UnitProperty.number("CPUShares", 512),
                        UnitProperty.number("CPUQuotaPerSecUSec", -1));
    }

    @Test
    void quota_isRoundedUp_asSystemdCounts() {
        assertThat(v2(252, "cpu.max=33333")).contains(UnitProperty.number("CPUQuotaPerSecUSec", 340_000));
    }

    @Test
    void properties_newerThanSystemd_areLeftOut() {
        assertThat(v2(240, "cpuset.cpus=0", "cpu.max=1000 1000"))
                .containsExactly(UnitProperty.number("CPUQuotaPerSecUSec", 1_000_000));
    }

    @Test
    void value_thatIsNotKnown_isLeftToTheKernel() {
        assertThat(v2(252, "memory.high=10M", "cpuset.mems=0-", "pids.max=")).isEmpty();
    }

    // ---- devices

    private static List<UnitProperty> devices(DeviceCgroup... rules) {
        return UnitDevices.of(
                List.of(rules),
                new FakeTree()
                        .with("/proc/devices", "Character devices:\n  1 mem\n136 pts\n\nBlock devices:\n259 blkext\n"));
    }

    private static List<String> allowed(List<UnitProperty> properties) {
        List<String> allowed = new ArrayList<>();
        for (Object pair : (List<?>) properties.get(1).value()) {
            allowed.add(pair.toString());
        }
        return allowed;
    }

    @Test
    void devices_denied_areAListOfTheAllowed() {
        List<UnitProperty> properties = devices(
                new DeviceCgroup(false, "", null, null, "rwm"),
                new DeviceCgroup(true, "b", 259L, null, "r"),
                new DeviceCgroup(true, "c", 77L, null, "r"),
                new DeviceCgroup(true, "c", 10L, 200L, "rwm"));
        assertThat(properties.get(0)).isEqualTo(UnitProperty.text("DevicePolicy", "strict"));
        assertThat(properties.get(1).signature()).isEqualTo("a(ss)");
        assertThat(allowed(properties))
                .contains("[block-blkext, r]", "[/dev/char/10:200, rwm]", "[char-pts, rwm]", "[char-*, m]")
                .noneMatch(device -> device.contains("77"));
    }

    @Test
    void devices_allowed_areNotSystemdsToDeny() {
        List<UnitProperty> properties =
                devices(new DeviceCgroup(true, "a", null, null, "rwm"), new DeviceCgroup(false, "c", 1L, 1L, "rwm"));
        assertThat(properties.get(0)).isEqualTo(UnitProperty.text("DevicePolicy", "auto"));
        assertThat(allowed(properties)).isEmpty();
    }
}
