package dev.confine.spec;

import java.util.List;

/**
 * One mount, {@code config.md#mounts}. The words of {@code options} are not split into flags and data here.
 *
 * @param destination where in the container; a relative one means relative to {@code /}
 * @param type of file system, empty when not given (a bind mount needs none)
 * @param source a device, a name, or a path that is absolute or relative to the bundle; empty when not given
 * @param options as for mount(8), in order
 * @param uidMappings of an idmapped mount, empty for none
 * @param gidMappings of an idmapped mount, empty for none
 */
public record Mount(
        String destination,
        String type,
        String source,
        List<String> options,
        List<IdMapping> uidMappings,
        List<IdMapping> gidMappings) {

    public Mount {
        options = List.copyOf(options);
        uidMappings = List.copyOf(uidMappings);
        gidMappings = List.copyOf(gidMappings);
    }

    /** A mount without mappings of its own. */
    public Mount(String destination, String type, String source, List<String> options) {
        this(destination, type, source, options, List.of(), List.of());
    }
}
