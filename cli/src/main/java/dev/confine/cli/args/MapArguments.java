package dev.confine.cli.args;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The id maps asked for on the command line, as they were written.
 *
 * @param preset {@code auto}, {@code self} or {@code keep-id}, or null
 * @param uidMaps each {@code CONTAINER:HOST:SIZE}
 * @param gidMaps each {@code CONTAINER:HOST:SIZE}
 */
public record MapArguments(@Nullable String preset, List<String> uidMaps, List<String> gidMaps) {
    /** No map asked for. */
    public static final MapArguments NONE = new MapArguments(null, List.of(), List.of());

    public MapArguments {
        uidMaps = List.copyOf(uidMaps);
        gidMaps = List.copyOf(gidMaps);
    }

    public boolean isEmpty() {
        return preset == null && uidMaps.isEmpty() && gidMaps.isEmpty();
    }
}
