package dev.confine.launch.verify;

/**
 * What is known when an instruction is reached: of registers, of where failures go, and of what has happened. Facts are kept twice: what
 * happened on every way here, and what happened on any.
 */
final class State {
    // facts that count only when they hold on every way
    /** close_range has been called on all but the first file descriptors. */
    static final int CLOSED = 1;
    /** Nobody may trace this process. */
    static final int UNDUMPABLE = 1 << 1;
    /** It has waited for another process, since it was made in a new user namespace. */
    static final int WAITED = 1 << 2;
    /** Supplementary groups were set. */
    static final int GROUPS = 1 << 3;
    /** The group was set. */
    static final int GROUP = 1 << 4;
    /** The user was set, after the groups. */
    static final int USER = 1 << 5;
    /** Capabilities were set. */
    static final int CAPABILITIES = 1 << 6;
    /** A process was waited for, since the last one that shares files was made. */
    static final int REAPED = 1 << 7;
    /** In a mount namespace that the program made, or joined on purpose. */
    static final int OTHER_MOUNTS = 1 << 8;

    // facts that count as soon as they hold on one way
    /** In a user namespace that the program made. */
    static final int NEW_USER_NAMESPACE = 1 << 16;
    /** Its root is the container's. */
    static final int INSIDE = 1 << 17;
    /** In a mount namespace that somebody else made. */
    static final int FOREIGN_MOUNTS = 1 << 18;
    /** Capabilities may be gone. */
    static final int CAPSET = 1 << 19;
    /** No new privileges. */
    static final int NO_NEW_PRIVILEGES = 1 << 20;
    /** A seccomp filter is in place. */
    static final int FILTERED = 1 << 21;
    /** It has made a process that shares its files. */
    static final int SHARED_FILES = 1 << 22;
    /** It is one. */
    static final int MESSENGER = 1 << 23;
    /** It has a file descriptor above 2 for the program that it executes. */
    static final int HANDS_ON = 1 << 24;

    private long written;
    private long zero;
    private long nonZero;
    private long names;
    private long runtimeRoots;
    private long programs;
    private long handlers;
    private int always;
    private int ever;

    /** At the start of a program: nothing is known, a failure goes nowhere. */
    static State start() {
        State state = new State();
        state.handlers = 1;
        return state;
    }

    State copy() {
        State copy = new State();
        copy.become(this);
        return copy;
    }

    void become(State other) {
        written = other.written;
        zero = other.zero;
        nonZero = other.nonZero;
        names = other.names;
        runtimeRoots = other.runtimeRoots;
        programs = other.programs;
        handlers = other.handlers;
        always = other.always;
        ever = other.ever;
    }

    /** Takes in what is known on another way to the same place; whether that changed anything. */
    boolean merge(State other) {
        long handlersBefore = handlers;
        int alwaysBefore = always;
        int everBefore = ever;
        boolean same = (written & other.written) == written
                && (zero & other.zero) == zero
                && (nonZero & other.nonZero) == nonZero
                && (names & other.names) == names
                && (runtimeRoots & other.runtimeRoots) == runtimeRoots
                && (programs & other.programs) == programs;
        written &= other.written;
        zero &= other.zero;
        nonZero &= other.nonZero;
        names &= other.names;
        runtimeRoots &= other.runtimeRoots;
        programs &= other.programs;
        handlers |= other.handlers;
        always &= other.always;
        ever |= other.ever;
        return !same || handlers != handlersBefore || always != alwaysBefore || ever != everBefore;
    }

    // ---- registers

    boolean isWritten(int register) {
        return (written >>> register & 1) != 0;
    }

    boolean isZero(int register) {
        return (zero >>> register & 1) != 0;
    }

    boolean isNonZero(int register) {
        return (nonZero >>> register & 1) != 0;
    }

    void write(int register) {
        long bit = 1L << register;
        written |= bit;
        zero &= ~bit;
        nonZero &= ~bit;
        names &= ~bit;
        runtimeRoots &= ~bit;
        programs &= ~bit;
    }

    void writeZero(int register) {
        write(register);
        zero |= 1L << register;
    }

    /** The register holds the address of a single name: one that getdents64 gave, or a fixed one. */
    void writeName(int register) {
        write(register);
        names |= 1L << register;
    }

    boolean isName(int register) {
        return (names >>> register & 1) != 0;
    }

    /** The register holds an open root directory of the mount namespace that the program began in. */
    void writeRuntimeRoot(int register) {
        write(register);
        runtimeRoots |= 1L << register;
    }

    boolean isRuntimeRoot(int register) {
        return (runtimeRoots >>> register & 1) != 0;
    }

    /** The register holds what was found beneath such a root, opened for nothing but to be executed. */
    void writeProgram(int register) {
        write(register);
        programs |= 1L << register;
    }

    boolean isProgram(int register) {
        return (programs >>> register & 1) != 0;
    }

    void writeNonZero(int register) {
        write(register);
        nonZero |= 1L << register;
    }

    // ---- where failures go: bits, whose meaning is the flow's; bit 0 is nowhere

    long handlers() {
        return handlers;
    }

    void setHandlers(long handlers) {
        this.handlers = handlers;
    }

    // ---- facts

    boolean always(int fact) {
        return (always & fact) == fact;
    }

    boolean ever(int fact) {
        return (ever & fact) != 0;
    }

    void happened(int facts) {
        always |= facts;
        ever |= facts;
    }

    void noLonger(int facts) {
        always &= ~facts;
    }
}
