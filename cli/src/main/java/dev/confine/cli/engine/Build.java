package dev.confine.cli.engine;

import java.io.File;

/**
 * Which confine this is: the directory it was started from, and the jar there as it was then. A launcher of another directory, or of this one after it was replaced, is another's.
 *
 * @param library the directory, as the kernel names it
 * @param bytes of the jar
 * @param time of its last change, ms
 */
record Build(String library, long bytes, long time) {
    static Build of(String library) {
        File jar = new File(library, "confine.jar");
        return new Build(library, jar.length(), jar.lastModified());
    }

    /** Whether it is still what it was. */
    boolean isCurrent() {
        return equals(of(library));
    }
}
