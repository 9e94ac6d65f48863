package dev.confine.spi;

import dev.confine.idmap.IdMaps;

/**
 * Writes the id maps of a user namespace. It does not read them back: whoever calls it does, and compares.
 */
public interface IdMapper {
    /**
     * Checks what can be checked before anything is started.
     *
     * @throws dev.confine.ConfineException when this caller may not have these maps
     */
    void check(Caller caller, IdMaps maps);

    /**
     * Writes the maps of the user namespace of {@code pid}, which waits and has none yet.
     *
     * @throws dev.confine.ConfineException with the cause and the cure
     */
    void write(Caller caller, long pid, IdMaps maps);
}
