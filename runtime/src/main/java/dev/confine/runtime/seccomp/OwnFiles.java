package dev.confine.runtime.seccomp;

import org.jspecify.annotations.Nullable;

/** Reads files that the caller can trust as its own: owner and mode are looked at on what is open, so that nobody can exchange it in between. */
public interface OwnFiles {
    /**
     * The content of {@code directory/name}, or null where there is no such file, or it or the directory is not the caller's or can be written by others, or
     * it is a link.
     */
    byte @Nullable [] read(String directory, String name);
}
