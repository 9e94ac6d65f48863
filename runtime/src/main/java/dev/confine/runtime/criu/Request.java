package dev.confine.runtime.criu;

import dev.confine.spi.CheckpointRequest;
import dev.confine.spi.CriuOptions;
import dev.confine.spi.RestoreRequest;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What criu is asked for ({@code criu_req}, {@code criu_opts}). Numbers are those of the fields and enums of criu's rpc.proto. */
public final class Request {
    /** The log of a dump, in the work directory. */
    public static final String DUMP_LOG = "dump.log";

    /** The log of a restore. */
    public static final String RESTORE_LOG = "restore.log";

    static final int NOTIFY = 6;

    private static final int DUMP = 1;
    private static final int RESTORE = 2;
    private static final int PRE_DUMP = 4;
    private static final int DEBUG = 4;
    private static final long CLONE_NEWNET = 0x40000000;

    private Request() {}

    /**
     * File descriptors of the caller's process.
     *
     * @param images of the directory of the images
     * @param work of the directory for the log, or -1 for that of the images
     */
    public record Directories(long images, long work) {}

    /** Goes on after a notification. */
    public static byte[] notified() {
        return new MessageWriter().number(1, NOTIFY).flag(3, true).toBytes();
    }

    /**
     * Saves a container.
     *
     * @param pid of its first process
     * @param root of its file system, on the host
     * @param external what belongs to the host, as {@code mnt[/data]:/data} or {@code net[4026531840]:extRootNetNS}
     * @param freezer the cgroup that stops its processes, or null
     */
    public static byte[] dump(
            CheckpointRequest asked,
            long pid,
            String root,
            Directories directories,
            List<String> external,
            @Nullable String freezer) {
        MessageWriter options = options(asked.options(), directories, DUMP_LOG)
                .number(2, pid)
                .flag(3, asked.leaveRunning())
                .text(13, root);
        if (asked.pageServer() != null) {
            options.message(11, new MessageWriter().text(1, asked.pageServer()).number(2, asked.pageServerPort()));
        }
        if (asked.parent() != null) {
            options.text(14, asked.parent());
        }
        options.flag(15, asked.preDump() || asked.parent() != null)
                .flag(18, asked.linkRemap())
                .flag(46, asked.tcpSkipInFlight());
        if (!asked.preDump()) {
            external.forEach(one -> options.text(37, one));
        }
        if (freezer != null) {
            options.text(44, freezer);
        }
        return request(asked.preDump() ? PRE_DUMP : DUMP, options);
    }

    /**
     * Brings a container back.
     *
     * @param root where its file system is mounted, for criu
     * @param external where what belongs to the host is now, as {@code mnt[/data]:/srv/data}
     * @param inherited names of what is open as 0, 1, 2, …, in criu's process: {@code pipe:[123]}, {@code extRootNetNS}; empty ones are not
     * @param joined types of namespaces, {@code ipc}, with their paths
     * @param cgroups controllers with the path of the cgroup that the container's was made as
     */
    public static byte[] restore(
            RestoreRequest asked,
            String root,
            Directories directories,
            List<String> external,
            List<String> inherited,
            Map<String, String> joined,
            Map<String, String> cgroups) {
        MessageWriter options = options(asked.options(), directories, RESTORE_LOG)
                .flag(6, true)
                .text(13, root)
                .flag(26, true);
        external.forEach(one -> options.text(37, one));
        for (int fd = 0; fd < inherited.size(); fd++) {
            if (!inherited.get(fd).isEmpty()) {
                options.message(
                        27, new MessageWriter().text(1, inherited.get(fd)).number(2, fd));
            }
        }
        joined.forEach((type, path) ->
                options.message(39, new MessageWriter().text(1, type).text(2, path)));
        cgroups.forEach((controller, path) ->
                options.message(25, new MessageWriter().text(1, controller).text(2, path)));
        if (asked.lsmProfile() != null) {
            options.text(53, asked.lsmProfile());
        }
        if (asked.lsmMountContext() != null) {
            options.text(63, asked.lsmMountContext());
        }
        return request(RESTORE, options);
    }

    private static MessageWriter options(CriuOptions asked, Directories directories, String log) {
        MessageWriter options = new MessageWriter()
                .number(1, directories.images())
                .flag(4, asked.extUnixSk())
                .flag(5, asked.tcpEstablished())
                .flag(7, asked.shellJob())
                .flag(8, asked.fileLocks())
                .number(9, DEBUG)
                .text(10, log)
                .flag(12, true)
                .flag(16, asked.autoDedup());
        if (directories.work() >= 0) {
            options.number(17, directories.work());
        }
        options.flag(24, asked.cgroups() != CriuOptions.Cgroups.IGNORE).number(34, cgroups(asked.cgroups()));
        if (asked.emptyNetwork()) {
            options.number(38, CLONE_NEWNET);
        }
        return options.flag(48, asked.lazyPages()).flag(50, true);
    }

    private static byte[] request(int type, MessageWriter options) {
        return new MessageWriter().number(1, type).message(2, options).toBytes();
    }

    private static int cgroups(CriuOptions.Cgroups mode) {
        return switch (mode) {
            case IGNORE -> 0;
            case SOFT -> 3;
            case FULL -> 4;
            case STRICT -> 5;
        };
    }
}
