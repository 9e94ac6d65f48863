package dev.confine.runtime.store;

import dev.confine.ConfineException;
import dev.confine.idmap.MapFiles;
import dev.confine.spi.Caller;
import java.io.File;
import org.jspecify.annotations.Nullable;

/** Where containers are remembered. Makes nothing but, in the directory for temporary files, the one of an ordinary user without a runtime directory. */
public final class StateDirectory {
    private StateDirectory() {}

    /**
     * The directory that was asked for, else {@code /run/confine} for root and {@code $XDG_RUNTIME_DIR/confine} for others: they include who is root in a user
     * namespace that is set up for another, as podman's without root is. Without that variable {@code /run/user/UID}, or what is private to the user in /tmp, takes its
     * place.
     *
     * @throws ConfineException when somebody else has taken that place in /tmp
     */
    public static String of(@Nullable String asked, Caller caller) {
        return of(asked, caller, new MapFiles(), new File("/tmp"));
    }

    static String of(@Nullable String asked, Caller caller, MapFiles maps, File temporary) {
        if (asked != null) {
            return caller.resolve(asked);
        }
        return caller.isRoot() && !actsForAnother(caller, maps)
                ? "/run/confine"
                : runtimeDirectory(caller, temporary) + "/confine";
    }

    /** A container's own root has no runtime directory, or is called so. */
    private static boolean actsForAnother(Caller caller, MapFiles maps) {
        return caller.environment().getOrDefault("XDG_RUNTIME_DIR", "").startsWith("/")
                && !"root".equals(caller.environment().get("USER"))
                && !maps.ownHasEveryUser();
    }

    /** /run/user belongs to root, so what is there under the caller's number and writable for the caller was made for it. */
    private static String runtimeDirectory(Caller caller, File temporary) {
        String named = caller.environment().getOrDefault("XDG_RUNTIME_DIR", "");
        if (named.startsWith("/")) {
            return named;
        }
        File made = new File("/run/user/" + caller.uid());
        if (made.isDirectory() && made.canWrite()) {
            return made.getPath();
        }
        return PrivateDirectory.of(new File(temporary, "confine-" + caller.uid()), caller.uid());
    }
}
