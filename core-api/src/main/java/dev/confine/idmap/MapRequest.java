package dev.confine.idmap;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The maps somebody asks for with {@code --map}, {@code --uid-map} and {@code --gid-map}. Entries stand above the preset for their kind of id; entries
 * of one kind without any preset count for both.
 *
 * @param preset or null
 * @param uidEntries of {@code --uid-map}, in order
 * @param gidEntries of {@code --gid-map}, in order
 */
public record MapRequest(@Nullable MapPreset preset, List<Extent> uidEntries, List<Extent> gidEntries) {
    public MapRequest {
        uidEntries = List.copyOf(uidEntries);
        gidEntries = List.copyOf(gidEntries);
    }

    /** A preset alone. */
    public static MapRequest of(MapPreset preset) {
        return new MapRequest(preset, List.of(), List.of());
    }

    /** Whether nothing is asked for. */
    public boolean isEmpty() {
        return preset == null && uidEntries.isEmpty() && gidEntries.isEmpty();
    }

    /**
     * The maps for a caller with these effective ids. It reads the host's files only for what the preset needs, and does not look whether a backend can
     * write the result.
     *
     * @throws IdMapException when the ids the preset needs are not there, with the command that gives them; when entries make no map
     * @throws IllegalStateException when {@link #isEmpty}
     */
    public IdMaps resolve(HostTexts host, long uid, long gid) {
        if (isEmpty()) {
            throw new IllegalStateException("no map is asked for");
        }
        if (!uidEntries.isEmpty() && !gidEntries.isEmpty()) {
            return new IdMaps(new IdMap(uidEntries), new IdMap(gidEntries));
        }
        if (preset == null) {
            IdMap both = new IdMap(uidEntries.isEmpty() ? gidEntries : uidEntries);
            return new IdMaps(both, both);
        }
        IdMaps made = PresetMaps.of(preset, host, uid, gid);
        return new IdMaps(
                uidEntries.isEmpty() ? made.uids() : new IdMap(uidEntries),
                gidEntries.isEmpty() ? made.gids() : new IdMap(gidEntries));
    }

    /** The entries of repeated {@code C:H:N} flags. */
    public static List<Extent> entries(List<String> texts) {
        List<Extent> entries = new ArrayList<>();
        for (String text : texts) {
            entries.add(Extent.parse(text));
        }
        return entries;
    }
}
