package dev.confine.runtime.criu;

import dev.confine.spi.CheckpointRequest;
import java.util.List;

/** What criu is asked for ({@code criu_req}, {@code criu_opts}). Numbers are those of the fields and enums of criu's rpc.proto. */
public final class Request {
    /** The log of a dump, in the work directory. */
    public static final String DUMP_LOG = "dump.log";

    static final int NOTIFY = 6;

    private static final int DUMP = 1;
    private static final int PRE_DUMP = 4;
    private static final int DEBUG = 4;

    private Request() {}

    /** Goes on after a notification. */
    public static byte[] notified() {
        return new MessageWriter().number(1, NOTIFY).flag(3, true).toBytes();
    }

    /**
     * Saves a container.
     *
     * @param pid of its first process
     * @param root of its file system, on the host
     * @param images file descriptor of the caller's process, of the directory for the images
     * @param work the same of the directory for the log, or -1 for that of the images
     * @param external what belongs to the host, as {@code mnt[/data]:/data} or {@code net[4026531840]:extRootNetNS}
     */
    public static byte[] dump(
            CheckpointRequest asked, long pid, String root, long images, long work, List<String> external) {
        MessageWriter options = new MessageWriter()
                .number(1, images)
                .number(2, pid)
                .flag(3, asked.leaveRunning())
                .flag(4, asked.extUnixSk())
                .flag(5, asked.tcpEstablished())
                .flag(7, asked.shellJob())
                .flag(8, asked.fileLocks())
                .number(9, DEBUG)
                .text(10, DUMP_LOG);
        if (asked.pageServer() != null) {
            options.message(11, new MessageWriter().text(1, asked.pageServer()).number(2, asked.pageServerPort()));
        }
        options.text(13, root);
        if (asked.parent() != null) {
            options.text(14, asked.parent()).flag(15, true);
        }
        options.flag(15, asked.preDump() && asked.parent() == null).flag(16, asked.autoDedup());
        if (work >= 0) {
            options.number(17, work);
        }
        options.flag(18, asked.linkRemap())
                .flag(24, asked.cgroups() != CheckpointRequest.Cgroups.IGNORE)
                .number(34, cgroups(asked.cgroups()));
        if (!asked.preDump()) {
            external.forEach(one -> options.text(37, one));
        }
        if (asked.emptyNetwork()) {
            options.number(38, 0x40000000);
        }
        options.flag(46, asked.tcpSkipInFlight()).flag(48, asked.lazyPages()).flag(50, true);
        return new MessageWriter()
                .number(1, asked.preDump() ? PRE_DUMP : DUMP)
                .message(2, options)
                .toBytes();
    }

    private static int cgroups(CheckpointRequest.Cgroups mode) {
        return switch (mode) {
            case IGNORE -> 0;
            case SOFT -> 3;
            case FULL -> 4;
            case STRICT -> 5;
        };
    }
}
