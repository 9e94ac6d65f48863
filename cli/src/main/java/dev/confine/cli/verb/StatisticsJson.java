package dev.confine.cli.verb;

import dev.confine.runtime.json.JsonText;
import dev.confine.stats.Statistics;
import dev.confine.stats.Statistics.Amount;
import dev.confine.stats.Statistics.BlockIo;
import dev.confine.stats.Statistics.Count;
import dev.confine.stats.Statistics.Cpu;
import dev.confine.stats.Statistics.Cpuset;
import dev.confine.stats.Statistics.HugePages;
import dev.confine.stats.Statistics.Memory;
import dev.confine.stats.Statistics.Pressure;
import dev.confine.stats.Statistics.Shares;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What a container uses, as runc prints it: with its names and its order, and without what is 0 where it leaves that out. */
final class StatisticsJson {
    private final JsonText json;

    private StatisticsJson(JsonText json) {
        this.json = json;
    }

    /** Adds the object at the place where {@code json} stands. */
    static void add(JsonText json, Statistics statistics) {
        new StatisticsJson(json).add(statistics);
    }

    private void add(Statistics statistics) {
        json.open('{').name("cpu");
        cpu(statistics.cpu());
        json.name("cpuset");
        cpuset(statistics.cpuset());
        json.name("memory");
        memory(statistics.memory());
        json.name("pids").open('{');
        some("current", statistics.pids().current());
        some("limit", statistics.pids().limit());
        json.close('}').name("blkio");
        blockIo(statistics.blockIo());
        json.name("hugetlb").open('{');
        for (Map.Entry<String, HugePages> entry : statistics.hugetlb().entrySet()) {
            json.name(entry.getKey());
            hugePages(entry.getValue());
        }
        // interfaces are the caller's, who made them
        json.close('}').name("intel_rdt").open('{').close('}');
        json.name("network_interfaces").nothing().close('}');
    }

    private void cpu(Cpu cpu) {
        json.open('{').name("usage").open('{');
        some("total", cpu.total());
        some("percpu", cpu.perCpu());
        some("percpu_kernel", cpu.perCpuKernel());
        some("percpu_user", cpu.perCpuUser());
        all("kernel", cpu.kernel());
        all("user", cpu.user());
        json.close('}').name("throttling").open('{');
        some("periods", cpu.periods());
        some("throttledPeriods", cpu.throttledPeriods());
        some("throttledTime", cpu.throttledTime());
        json.close('}');
        pressure(cpu.pressure());
        json.close('}');
    }

    private void cpuset(Cpuset set) {
        json.open('{');
        some("cpus", set.cpus());
        all("cpu_exclusive", set.cpuExclusive());
        some("mems", set.nodes());
        all("mem_hardwall", set.memHardwall());
        all("mem_exclusive", set.memExclusive());
        all("memory_migrate", set.memoryMigrate());
        all("memory_spread_page", set.memorySpreadPage());
        all("memory_spread_slab", set.memorySpreadSlab());
        all("memory_pressure", set.memoryPressure());
        all("sched_load_balance", set.schedLoadBalance());
        json.member("sched_relax_domain_level", set.relaxDomainLevel());
        json.close('}');
    }

    private void memory(Memory memory) {
        json.open('{');
        some("cache", memory.cache());
        amount("usage", memory.usage());
        amount("swap", memory.swap());
        amount("kernel", memory.kernel());
        amount("kernelTCP", memory.kernelTcp());
        if (!memory.raw().isEmpty()) {
            json.name("raw").open('{');
            for (Map.Entry<String, Long> entry : memory.raw().entrySet()) {
                all(entry.getKey(), entry.getValue());
            }
            json.close('}');
        }
        pressure(memory.pressure());
        json.close('}');
    }

    private void amount(String name, Amount amount) {
        json.name(name).open('{');
        all("limit", amount.limit());
        some("usage", amount.usage());
        some("max", amount.max());
        all("failcnt", amount.failures());
        json.close('}');
    }

    private void blockIo(BlockIo io) {
        json.open('{');
        counts("ioServiceBytesRecursive", io.bytes());
        counts("ioServicedRecursive", io.operations());
        counts("ioQueueRecursive", io.queued());
        counts("ioServiceTimeRecursive", io.serviceTime());
        counts("ioWaitTimeRecursive", io.waitTime());
        counts("ioMergedRecursive", io.merged());
        counts("ioTimeRecursive", io.time());
        counts("sectorsRecursive", io.sectors());
        pressure(io.pressure());
        json.close('}');
    }

    private void counts(String name, List<Count> counts) {
        if (counts.isEmpty()) {
            return;
        }
        json.name(name).open('[');
        for (Count count : counts) {
            json.element().open('{');
            some("major", count.major());
            some("minor", count.minor());
            if (!count.operation().isEmpty()) {
                json.member("op", count.operation());
            }
            some("value", count.value());
            json.close('}');
        }
        json.close(']');
    }

    private void hugePages(HugePages pages) {
        json.open('{');
        some("usage", pages.usage());
        some("max", pages.max());
        all("failcnt", pages.failures());
        json.close('}');
    }

    private void pressure(@Nullable Pressure pressure) {
        if (pressure != null) {
            json.name("psi").open('{');
            shares("some", pressure.some());
            shares("full", pressure.full());
            json.close('}');
        }
    }

    private void shares(String name, Shares shares) {
        json.name(name).open('{');
        json.name("avg10").number(shares.avg10());
        json.name("avg60").number(shares.avg60());
        json.name("avg300").number(shares.avg300());
        all("total", shares.total());
        json.close('}');
    }

    private void all(String name, long value) {
        json.name(name).unsigned(value);
    }

    private void some(String name, long value) {
        if (value != 0) {
            all(name, value);
        }
    }

    private void some(String name, List<Long> values) {
        if (!values.isEmpty()) {
            json.name(name).open('[');
            for (long value : values) {
                json.element().unsigned(value);
            }
            json.close(']');
        }
    }
}
