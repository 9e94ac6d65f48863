package dev.confine.backend.newuidmap;

import dev.confine.ConfineException;

/** newuidmap or newgidmap did not, or will not, write a map. */
public final class HelperFailure extends ConfineException {
    private static final long serialVersionUID = 1;

    /** Why a helper fails. */
    public enum Cause {
        /** It is not installed. */
        MISSING,
        /** It has neither the setuid bit nor file capabilities; images and archives lose both. */
        NOT_PRIVILEGED,
        /** It is on a file system mounted {@code nosuid}, which takes away both. */
        NOSUID_MOUNT,
        /** The map has ids that the files of subordinate ids do not give to the caller. */
        RANGE_NOT_OWNED,
        /** The caller has set no_new_privs, so no program it starts gains privileges. */
        NO_NEW_PRIVS,
        /** Anything else, with what the helper said. */
        OTHER
    }

    private final String helper;
    private final Cause why;

    HelperFailure(String helper, Cause why, String message) {
        super(message);
        this.helper = helper;
        this.why = why;
    }

    HelperFailure(String helper, String message, Throwable cause) {
        super(message, cause);
        this.helper = helper;
        this.why = Cause.OTHER;
    }

    /** {@code newuidmap} or {@code newgidmap}. */
    public String helper() {
        return helper;
    }

    public Cause why() {
        return why;
    }

    static HelperFailure missing(String helper) {
        return new HelperFailure(
                helper,
                Cause.MISSING,
                helper
                        + " is not installed, and this map needs it: install the package uidmap (Debian, Ubuntu) or shadow-utils"
                        + " (Fedora, RHEL), or use --map self");
    }

    static HelperFailure noNewPrivileges(String helper) {
        return new HelperFailure(
                helper,
                Cause.NO_NEW_PRIVS,
                helper + ": operation not permitted: no_new_privs is set for this process, so " + helper
                        + " gains no privileges:"
                        + " start confine without it (NoNewPrivileges=no in a systemd unit), or use --map self");
    }
}
