package dev.confine.runtime.compile;

/** The tags of values and bytes that compiled programs send, and the answers they wait for. */
public final class Tags {
    /** The pid of the container's first process, which waits for its id maps. Answered with {@link #GO}. */
    public static final int PID = 1;
    /** The container is built and waits for its start. Answered with {@link #GO}. */
    public static final int BUILT = 2;
    /** The container's program runs. A front that does not stay ends with it, and so it does with {@link #CREATED}: success does not depend on Java any more. */
    public static final int STARTED = 3;
    /** The container waits for its start. */
    public static final int CREATED = 17;
    /** The pid of a process whose user namespace a mount's id map is made with; the value's high 32 bits count them. */
    public static final int HOLDER = 4;
    /** A process is held by a pidfd, so its identity can be checked. Answered with {@link #GO}. */
    public static final int HELD = 5;
    /** The process is gone. */
    public static final int GONE = 6;
    /** The errno with which the container's program could not be executed, negative, 4 bytes; or the {@link HookReport} of a hook startContainer. */
    public static final int EXEC_FAILED = 7;
    /** The state directory is locked. Answered with {@link #GO}. */
    public static final int LOCKED = 8;

    /** What a file system has to say about an option, as fsopen(2) file descriptors tell it: {@code e tmpfs: Unknown parameter 'x'}. */
    public static final int FILE_SYSTEM_SAYS = 9;

    /** The image's /etc/passwd, or nothing. Answered with {@link Home#answer}. */
    public static final int PASSWD = 10;

    /** A hook failed: a {@link HookReport}. */
    public static final int HOOK_FAILED = 11;

    /** What a file or its directory allows to whom, an {@code st_mode}. */
    public static final int MODE = 12;
    /** What is in a file, as many as it takes. */
    public static final int FILE_CONTENT = 13;
    /** The file has been read whole. */
    public static final int FILE_END = 14;

    /** The file descriptor of a directory that the front has open. */
    public static final int DIRECTORY = 20;

    /** A message of criu's; empty when it has ended. Answered with a message for it, or an empty one. */
    public static final int CRIU_SAYS = 21;

    /** How many cgroups could not be removed because something is in them. */
    public static final int BUSY = 30;

    /** Another interval has passed. Answered with {@link #GO}. */
    public static final int INTERVAL = 31;
    /** Memory is used up, by v1. Answered with {@link #GO}. */
    public static final int OUT_OF_MEMORY = 32;
    /** What is in {@code memory.events} of v2. Answered with {@link #GO}. */
    public static final int MEMORY_EVENTS = 33;

    /** What the kernel says of network addresses. Answered with {@link #MORE} or {@link #GO}. */
    public static final int ADDRESSES = 15;
    /** The index of a network interface outside and, now, inside, 4 bytes each. Answered with a message for each of its addresses, and {@link #GO}. */
    public static final int NET_DEVICE = 16;

    /** Whether paths may be used, see {@link AccessCompiler}. */
    public static final int ACCESS = 22;

    /** A file descriptor of the front, see {@link LookCompiler}; open until Java asks for the next. */
    public static final int PLACE = 23;
    /** What was asked for cannot be opened: a negative errno. */
    public static final int CLOSED = 24;

    /** Go on. */
    public static final byte GO = 1;
    /** Tell more. */
    public static final byte MORE = 2;
    /** Undo everything. */
    public static final byte CANCEL = 0;

    private Tags() {}

    public static byte[] answer(byte answer) {
        return new byte[] {answer};
    }
}
