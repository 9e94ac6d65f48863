package dev.confine.cli.command;

import dev.confine.ConfineException;
import dev.confine.cli.args.UpdateArguments;
import dev.confine.cli.verb.UpdateVerb;
import dev.confine.cli.verb.Verb;
import dev.confine.spec.BlockIO;
import dev.confine.spec.Cpu;
import dev.confine.spec.Memory;
import dev.confine.spec.Network;
import dev.confine.spec.Pids;
import dev.confine.spec.Resources;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code update}. */
@Command(name = "update", description = "Changes the limits of a container.", sortOptions = false)
final class UpdateCommand implements VerbCommand {
    private static final String UNITS = "kmgt";

    @Parameters(paramLabel = "ID", description = "The name of the container.")
    private String id = "";

    @Option(
            names = {"-r", "--resources"},
            paramLabel = "FILE",
            description = "Limits as config.json has them at linux.resources; - for standard input.")
    private @Nullable String file;

    @Option(names = "--blkio-weight", paramLabel = "N", description = "Weight of its block I/O, 10 to 1000.")
    private @Nullable Integer blkioWeight;

    @Option(names = "--cpu-period", paramLabel = "US", description = "Period of --cpu-quota.")
    private @Nullable Long cpuPeriod;

    @Option(names = "--cpu-quota", paramLabel = "US", description = "CPU time in a period, -1 for no limit.")
    private @Nullable Long cpuQuota;

    @Option(names = "--cpu-burst", paramLabel = "US", description = "Unused quota that may be kept.")
    private @Nullable Long cpuBurst;

    @Option(names = "--cpu-share", paramLabel = "N", description = "Weight of its CPU time.")
    private @Nullable Long cpuShare;

    @Option(names = "--cpu-rt-period", paramLabel = "US", description = "Period of --cpu-rt-runtime.")
    private @Nullable Long cpuRtPeriod;

    @Option(names = "--cpu-rt-runtime", paramLabel = "US", description = "Real-time CPU time in a period.")
    private @Nullable Long cpuRtRuntime;

    @Option(names = "--cpu-idle", paramLabel = "0|1", description = "1: run when nothing else does.")
    private @Nullable Long cpuIdle;

    @Option(names = "--cpuset-cpus", paramLabel = "LIST", description = "The CPUs, as in 0-3,7.")
    private @Nullable String cpusetCpus;

    @Option(names = "--cpuset-mems", paramLabel = "LIST", description = "The memory nodes.")
    private @Nullable String cpusetMems;

    @Option(names = "--memory", paramLabel = "BYTES", description = "Limit of memory, also 512m; -1 for none.")
    private @Nullable String memory;

    @Option(names = "--memory-reservation", paramLabel = "BYTES", description = "Soft limit of memory.")
    private @Nullable String memoryReservation;

    @Option(names = "--memory-swap", paramLabel = "BYTES", description = "Limit of memory and swap together.")
    private @Nullable String memorySwap;

    @Option(names = "--pids-limit", paramLabel = "N", description = "How many tasks there may be, -1 for no limit.")
    private @Nullable Long pidsLimit;

    @Option(names = "--l3-cache-schema", hidden = true)
    private @Nullable String cacheSchema;

    @Option(names = "--mem-bw-schema", hidden = true)
    private @Nullable String bandwidthSchema;

    @Mixin
    private HelpOption help = new HelpOption();

    @Override
    public Verb verb() {
        if (cacheSchema != null || bandwidthSchema != null) {
            throw new ConfineException((cacheSchema != null ? "--l3-cache-schema" : "--mem-bw-schema")
                    + ": update changes no group of resctrl: write it to its schemata");
        }
        Memory memory = new Memory(
                bytes("--memory", this.memory),
                bytes("--memory-reservation", memoryReservation),
                bytes("--memory-swap", memorySwap),
                null,
                null,
                null,
                false,
                false,
                false);
        Cpu cpu = new Cpu(
                cpuShare,
                cpuQuota,
                cpuBurst,
                cpuPeriod,
                cpuRtRuntime,
                cpuRtPeriod,
                cpusetCpus == null ? "" : cpusetCpus,
                cpusetMems == null ? "" : cpusetMems,
                cpuIdle);
        BlockIO io = new BlockIO(blkioWeight, null, List.of(), List.of(), List.of(), List.of(), List.of());
        Pids pids = pidsLimit == null ? null : new Pids(pidsLimit);
        Resources flags = new Resources(List.of(), memory, cpu, io, List.of(), Network.NONE, pids, Map.of(), Map.of());
        return new UpdateVerb(new UpdateArguments(id, file, flags));
    }

    /** A number with, at its end, one of k, m, g and t of 1024. */
    private static @Nullable Long bytes(String flag, @Nullable String text) {
        if (text == null) {
            return null;
        }
        String number = text.toLowerCase(Locale.ROOT);
        number = number.endsWith("b") ? number.substring(0, number.length() - 1) : number;
        int unit = number.isEmpty() ? -1 : UNITS.indexOf(number.charAt(number.length() - 1));
        try {
            long value = Long.parseLong(unit < 0 ? number : number.substring(0, number.length() - 1));
            return Math.multiplyExact(value, 1L << (10 * (unit + 1)));
        } catch (NumberFormatException | ArithmeticException e) {
            throw new ConfineException(flag + " " + text + ": write a number of bytes, such as 536870912 or 512m", e);
        }
    }

    @Override
    public String toString() {
        return "update " + help;
    }
}
