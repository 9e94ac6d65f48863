package dev.confine.runtime.seccomp;

import dev.confine.spec.Seccomp;
import dev.confine.spi.Caller;
import dev.confine.spi.Log;
import java.io.File;
import org.jspecify.annotations.Nullable;

/**
 * Keeps filters in files, because to make one costs more than all else that a command does. They are root's in {@value #OF_ROOT}, else in
 * {@code $XDG_CACHE_HOME/confine/seccomp} or {@code ~/.cache/confine/seccomp}. Where none can be kept, which is no error, each is made anew.
 */
public final class KeptFilters implements Filters {
    private static final String OF_ROOT = "/var/cache/confine/seccomp";

    /** Where filters are made. It answers with what loads no library before it is asked. */
    interface Maker extends Filters {
        /** The path of the library's file, or null where that cannot be said. */
        @Nullable
        String library();
    }

    private final Caller caller;
    private final OwnFiles files;
    private final Log log;
    private final @Nullable String directory;
    private final @Nullable Maker maker;

    public KeptFilters(Caller caller, OwnFiles files, Log log) {
        this(caller, files, log, directory(caller), null);
    }

    KeptFilters(Caller caller, OwnFiles files, Log log, @Nullable String directory, @Nullable Maker maker) {
        this.caller = caller;
        this.files = files;
        this.log = log;
        this.directory = directory;
        this.maker = maker;
    }

    @Override
    public byte[] filter(Seccomp seccomp) {
        FilterKey key = FilterKey.of(seccomp);
        if (directory != null && new File(directory, key.fileName()).exists()) {
            byte[] content = files.read(directory, key.fileName());
            byte[] kept = content == null ? null : FilterFile.decode(content, key);
            if (kept != null) {
                return kept;
            }
        }
        return make(seccomp, key);
    }

    /** Encodes and decodes as for a filter that is kept, and makes none: what comes back allows everything. */
    public static byte[] rehearse(Seccomp seccomp) {
        byte[] all = {6, 0, 0, 0, 0, 0, -1, 0x7f};
        FilterKey key = FilterKey.of(seccomp);
        byte[] kept = FilterFile.decode(FilterFile.encode(key, "/" + key.fileName(), all), key);
        return kept == null ? all : kept;
    }

    /** What is kept does not tell, so the library is asked. */
    @Override
    public void requireKnown(Seccomp seccomp) {
        (maker == null ? new FilterMaker(log) : maker).requireKnown(seccomp);
    }

    private byte[] make(Seccomp seccomp, FilterKey key) {
        // made here and not before, so that a filter that is kept loads none of it
        Maker making = maker == null ? new FilterMaker(log) : maker;
        byte[] filter = making.filter(seccomp);
        String library = making.library();
        if (directory != null && library != null) {
            new FilterStore(directory, caller.uid(), log).keep(key.fileName(), FilterFile.encode(key, library, filter));
        }
        return filter;
    }

    /** Root in a user namespace may not write where the host's root does, and has a home. */
    private static @Nullable String directory(Caller caller) {
        if (caller.isRoot() && new File("/var/cache").canWrite()) {
            return OF_ROOT;
        }
        String cache = caller.environment().getOrDefault("XDG_CACHE_HOME", "");
        String home = caller.environment().getOrDefault("HOME", "");
        if (cache.startsWith("/")) {
            return cache + "/confine/seccomp";
        }
        return home.startsWith("/") ? home + "/.cache/confine/seccomp" : null;
    }
}
