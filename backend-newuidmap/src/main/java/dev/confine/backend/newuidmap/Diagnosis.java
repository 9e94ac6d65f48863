package dev.confine.backend.newuidmap;

import dev.confine.backend.newuidmap.HelperFailure.Cause;
import dev.confine.idmap.HostTexts;

/** Finds out why a helper failed: from what it said, and by looking at the helper, its mount and this process. */
final class Diagnosis {
    private final HostTexts host;

    Diagnosis(HostTexts host) {
        this.host = host;
    }

    HelperFailure of(Kind kind, String program, HelperRun run) {
        if (run.said().isEmpty()) {
            return other(kind, program + " ended with exit code " + run.exit() + " and said nothing");
        }
        String said = run.said();
        if (said.contains("not allowed")) {
            return new HelperFailure(
                    kind.helper,
                    Cause.RANGE_NOT_OWNED,
                    said + ": " + kind.file
                            + ", or what nsswitch.conf names in its place, does not give you these ids");
        }
        if (said.contains("Operation not permitted") || said.contains("Permission denied")) {
            return unprivileged(kind, program, said);
        }
        if (said.contains("owned by a different user")) {
            return other(
                    kind,
                    said + ": the helper wants your group to be the one /etc/passwd has for you; leave newgrp or sg");
        }
        if (said.contains("Could not open proc directory")) {
            return other(kind, said + ": no such process: it has ended");
        }
        return other(kind, said + " (exit code " + run.exit() + ")");
    }

    private HelperFailure unprivileged(Kind kind, String program, String said) {
        if (Privileges.noNew(host)) {
            return HelperFailure.noNewPrivileges(kind.helper);
        }
        String mount = Privileges.nosuidMount(host, program);
        if (mount != null) {
            return new HelperFailure(
                    kind.helper,
                    Cause.NOSUID_MOUNT,
                    said + ": " + program + " is on a file system that is mounted nosuid, on " + mount
                            + ": remount it with suid, or install the helper elsewhere");
        }
        if (!Privileges.isSetuidRoot(program)) {
            return new HelperFailure(
                    kind.helper,
                    Cause.NOT_PRIVILEGED,
                    said + ": " + program
                            + " is neither setuid root nor has the file capability it needs: as root, `chown root "
                            + program + " && chmod u+s " + program + "`");
        }
        return other(
                kind,
                said + ": a security module, a seccomp filter or missing capabilities of this user namespace keep "
                        + program + " from writing the map");
    }

    private static HelperFailure other(Kind kind, String message) {
        return new HelperFailure(kind.helper, Cause.OTHER, message);
    }
}
