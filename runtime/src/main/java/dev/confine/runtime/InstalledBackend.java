package dev.confine.runtime;

import dev.confine.spi.Availability;
import dev.confine.spi.Backend;
import dev.confine.spi.Caller;
import org.jspecify.annotations.Nullable;

/**
 * A backend that was found, or what was found in place of one.
 *
 * @param name the backend's, or the class or file that should have been one
 * @param rank the backend's, 0 for what could not be loaded
 * @param backend null for what could not be loaded
 * @param defect why it cannot be used whoever asks; empty when it can
 */
public record InstalledBackend(
        String name, int rank, @Nullable Backend backend, String defect) {

    static InstalledBackend broken(String name, String defect) {
        return new InstalledBackend(name, 0, null, defect);
    }

    /** Whether this caller can use it. Asks the backend, and holds against it what it throws. */
    public Availability availability(Caller caller) {
        if (backend == null || !defect.isEmpty()) {
            return Availability.no(defect);
        }
        try {
            return backend.availability(caller);
        } catch (RuntimeException | LinkageError thrown) {
            return Availability.no("it failed when asked: " + thrown);
        }
    }
}
