package dev.confine.idmap;

import dev.confine.ConfineException;

/** A map file of /proc could not be read or written. */
public final class MapWriteException extends ConfineException {
    private static final long serialVersionUID = 1;

    private final String file;
    private final String errno;

    MapWriteException(String file, String errno, String explanation, Throwable cause) {
        super((explanation.isEmpty() ? file + ": " + errno : file + ": " + errno + ": " + explanation), cause);
        this.file = file;
        this.errno = errno;
    }

    /** For example {@code /proc/4711/uid_map}. */
    public String file() {
        return file;
    }

    /** The name of the error, for example {@code EPERM}; the system's words where it is none of those that are expected here. */
    public String errno() {
        return errno;
    }
}
