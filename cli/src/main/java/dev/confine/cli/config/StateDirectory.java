package dev.confine.cli.config;

import dev.confine.ConfineException;
import dev.confine.spi.Caller;
import java.io.File;
import org.jspecify.annotations.Nullable;

/** Where containers are remembered. Makes nothing. */
public final class StateDirectory {
    private StateDirectory() {}

    /**
     * The directory that was asked for, else {@code /run/confine} for root and {@code $XDG_RUNTIME_DIR/confine} for others.
     *
     * @throws ConfineException when an ordinary user has no runtime directory
     */
    public static String of(@Nullable String asked, Caller caller) {
        if (asked != null) {
            return caller.resolve(asked);
        }
        return caller.isRoot() ? "/run/confine" : runtimeDirectory(caller) + "/confine";
    }

    /** /run/user belongs to root, so what is there under the caller's number and writable for the caller was made for it. */
    private static String runtimeDirectory(Caller caller) {
        String named = caller.environment().getOrDefault("XDG_RUNTIME_DIR", "");
        if (named.startsWith("/")) {
            return named;
        }
        File made = new File("/run/user/" + caller.uid());
        if (made.isDirectory() && made.canWrite()) {
            return made.getPath();
        }
        throw new ConfineException("no state directory: XDG_RUNTIME_DIR is not set and " + made
                + " is not there; give one with --root, for example --root $HOME/.local/share/confine");
    }
}
