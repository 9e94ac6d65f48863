package dev.confine.runtime.host;

import dev.confine.ConfineException;
import dev.confine.launch.Errno;

/** A system call of the JVM that failed. The message is what it was about and the errno by name. */
public final class CallFailure extends ConfineException {
    private final int errno;

    public CallFailure(String what, int errno) {
        super(what + ": " + Errno.describe(errno));
        this.errno = errno;
    }

    /** The number of errno(3). */
    public int errno() {
        return errno;
    }

    public boolean is(Errno other) {
        return errno == other.number();
    }
}
