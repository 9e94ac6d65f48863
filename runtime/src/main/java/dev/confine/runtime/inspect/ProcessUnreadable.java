package dev.confine.runtime.inspect;

import dev.confine.ConfineException;

/** A file of a process that is there and may not be read. */
public final class ProcessUnreadable extends ConfineException {
    private static final long serialVersionUID = 1;

    private final long pid;

    ProcessUnreadable(long pid, String file, Throwable cause) {
        super(
                "read " + file + ": EACCES: permission denied: the process belongs to another user or is not dumpable"
                        + " (root with CAP_SYS_PTRACE may)",
                cause);
        this.pid = pid;
    }

    /** Whose file it is. */
    public long pid() {
        return pid;
    }
}
