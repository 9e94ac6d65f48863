package dev.confine.cli.command;

import dev.confine.cli.args.MapArguments;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The id maps of create, run, plan and spec. */
final class MapOptions {
    @Option(
            names = "--map",
            paramLabel = "PRESET",
            completionCandidates = Choice.Presets.class,
            description =
                    "Use a user namespace with this map: auto (you are root inside, with all your subordinate ids; as root a full"
                            + " offset map), self (one id, needs no helper) or keep-id (you keep your id).")
    private @Nullable String preset;

    @Option(
            names = "--uid-map",
            paramLabel = "C:H:N",
            description = "N user ids from C on in the container are those from H on outside. Repeatable.")
    private List<String> uidMaps = new ArrayList<>();

    @Option(
            names = "--gid-map",
            paramLabel = "C:H:N",
            description = "The same for group ids. Repeatable; without it the user map counts for groups.")
    private List<String> gidMaps = new ArrayList<>();

    MapArguments arguments() {
        return new MapArguments(preset, uidMaps, gidMaps);
    }
}
