package dev.confine.runtime.access;

import dev.confine.launch.Errno;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The rule that decided, each with the errno that access(2) gives. */
public enum Reason {
    /** The bits of the mode or of an entry of the access control list allow it. */
    ALLOWED(null),
    /** They do not, but a capability does. */
    CAPABLE(null),
    /** Neither do they, nor does a capability. */
    PERMISSIONS(Errno.EACCES),
    READ_ONLY_MOUNT(Errno.EROFS),
    READ_ONLY_FILE_SYSTEM(Errno.EROFS),
    NOEXEC(Errno.EACCES),
    IMMUTABLE(Errno.EPERM),
    /** The mount's id map has nobody for the owner, so nothing could be written back. */
    NO_OWNER(Errno.EACCES),
    /** fs.protected_symlinks. */
    PROTECTED_LINK(Errno.EACCES),
    NOSYMFOLLOW(Errno.ELOOP),
    TOO_MANY_LINKS(Errno.ELOOP),
    MISSING(Errno.ENOENT),
    NO_DIRECTORY(Errno.ENOTDIR),
    TOO_LONG(Errno.ENAMETOOLONG);

    private final @Nullable Errno errno;

    Reason(@Nullable Errno errno) {
        this.errno = errno;
    }

    /** Null where it is allowed. */
    public @Nullable Errno errno() {
        return errno;
    }

    public boolean allows() {
        return errno == null;
    }

    /** In JSON: {@code read-only-mount}. */
    public String word() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
