package dev.confine.runtime.access;

import dev.confine.launch.Errno;

/** Opens files that whoever looks may not reach, by somebody who may. It changes nothing. */
public interface Reach extends AutoCloseable {
    /** Nobody reaches further. */
    Reach NONE = (base, path) -> -Errno.EACCES.number();

    /**
     * A file as a mere place (O_PATH), a link itself; or {@code -errno}.
     *
     * @param base the directory of this host that {@code path} is beneath; empty for the root directory of the process that is looked at
     * @param path without links but the last component, and no slash first
     */
    int open(String base, String path);

    @Override
    default void close() {}
}
