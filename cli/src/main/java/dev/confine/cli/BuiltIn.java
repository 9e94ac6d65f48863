package dev.confine.cli;

import dev.confine.runtime.Backends;
import org.jspecify.annotations.Nullable;

/** The backends that the distribution comes with. */
final class BuiltIn {
    /** Set by the distribution to the names of their classes; not set in a test or an IDE. */
    private static final String CLASSES = "dev.confine.backends";

    private BuiltIn() {}

    static Backends backends() {
        ClassLoader loader = BuiltIn.class.getClassLoader();
        @Nullable String classes = System.getProperty(CLASSES);
        return classes == null ? Backends.installed(loader) : Backends.ofClasses(classes, loader);
    }
}
