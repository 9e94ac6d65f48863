package dev.confine.spi;

import dev.confine.idmap.IdMaps;
import org.jspecify.annotations.Nullable;

/**
 * Writes the id maps of a user namespace, or leaves that to the launcher. It does not read them back: whoever calls it does, and compares.
 */
public interface IdMapper {
    /**
     * Checks what can be checked before anything is started.
     *
     * @throws dev.confine.ConfineException when this caller may not have these maps
     */
    void check(Caller caller, IdMaps maps);

    /**
     * The lines to be written for these maps, where the launcher may write them itself, with one write(2) a file and the rights of the caller: that saves
     * a round trip to Java. Null, as by default, where {@link #write} has to be called.
     */
    default @Nullable IdMaps direct(IdMaps maps) {
        return null;
    }

    /**
     * Writes the maps of the user namespace of {@code pid}, which waits and has none yet.
     *
     * @throws dev.confine.ConfineException with the cause and the cure
     */
    void write(Caller caller, long pid, IdMaps maps);
}
