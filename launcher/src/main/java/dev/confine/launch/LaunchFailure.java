package dev.confine.launch;

import dev.confine.ConfineException;

/** A step of a launch program failed: the failure that the kernel reported, on the step that was being done. */
public final class LaunchFailure extends ConfineException {
    private static final long serialVersionUID = 1L;

    private final transient Step step;
    private final int errno;
    private final long pid;

    /**
     * @param errno above zero
     * @param pid the process that failed, as it sees itself: 1 for the first in a pid namespace
     */
    public LaunchFailure(Step step, int errno, long pid) {
        super(message(step, errno));
        this.step = step;
        this.errno = errno;
        this.pid = pid;
    }

    private static String message(Step step, int errno) {
        String message = step.what() + ": " + Errno.describe(errno);
        return step.pointer().isEmpty() ? message : message + " (config.json " + step.pointer() + ")";
    }

    public Step step() {
        return step;
    }

    public int errno() {
        return errno;
    }

    /** Whether it is this one. */
    public boolean is(Errno other) {
        return errno == other.number();
    }

    /** For example {@code EPERM}. */
    public String errnoName() {
        return Errno.nameOf(errno);
    }

    public long pid() {
        return pid;
    }
}
