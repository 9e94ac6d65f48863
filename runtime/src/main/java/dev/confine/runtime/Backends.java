package dev.confine.runtime;

import dev.confine.ConfineException;
import dev.confine.spi.Availability;
import dev.confine.spi.Backend;
import dev.confine.spi.Caller;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import org.jspecify.annotations.Nullable;

/**
 * The backends that are installed, and the choice among them. One that fails to load is listed with the reason and harms no other. It
 * trusts the class loader: whether its jars may be loaded is decided before.
 */
public final class Backends {
    /** The choice that takes the usable backend with the highest rank. */
    public static final String AUTO = "auto";

    private static final int MOST_DEFECTS = 100;

    private final List<InstalledBackend> all;

    Backends(List<InstalledBackend> all) {
        this.all = List.copyOf(all);
    }

    /** Those that {@link ServiceLoader} finds. */
    public static Backends installed(ClassLoader loader) {
        List<InstalledBackend> found = new ArrayList<>();
        Iterator<Backend> services = ServiceLoader.load(Backend.class, loader).iterator();
        int defects = 0;
        while (defects < MOST_DEFECTS) {
            try {
                if (!services.hasNext()) {
                    break;
                }
                add(found, services.next());
            } catch (ServiceConfigurationError | LinkageError | RuntimeException defect) {
                defects++;
                found.add(InstalledBackend.broken("?", reason(defect)));
            }
        }
        return new Backends(found);
    }

    /**
     * Those of these classes, divided by commas. It is for the command, whose build knows what {@link ServiceLoader} would find: to look for it in every jar of
     * the class path takes longer than to start a container.
     */
    public static Backends ofClasses(String names, ClassLoader loader) {
        List<InstalledBackend> found = new ArrayList<>();
        int start = 0;
        while (start < names.length()) {
            int comma = names.indexOf(',', start);
            String name = names.substring(start, comma < 0 ? names.length() : comma);
            start += name.length() + 1;
            try {
                add(
                        found,
                        Class.forName(name, true, loader)
                                .asSubclass(Backend.class)
                                .getConstructor()
                                .newInstance());
            } catch (ReflectiveOperationException | LinkageError | RuntimeException defect) {
                found.add(InstalledBackend.broken(name, defect.toString()));
            }
        }
        return new Backends(found);
    }

    /** These and no others. A name that is used twice is a defect of the later one. */
    public static Backends of(List<Backend> backends) {
        List<InstalledBackend> found = new ArrayList<>();
        for (Backend backend : backends) {
            add(found, backend);
        }
        return new Backends(found);
    }

    /** All, by falling rank. */
    public List<InstalledBackend> all() {
        return all;
    }

    /**
     * The backend of that name, or with {@link #AUTO} the usable one with the highest rank.
     *
     * @throws ConfineException when there is none, or it is not usable: with the reason of each
     */
    public Backend choose(String name, Caller caller) {
        return name.equals(AUTO) ? firstUsable(caller) : named(name, caller);
    }

    private Backend firstUsable(Caller caller) {
        StringBuilder reasons = new StringBuilder();
        for (InstalledBackend candidate : all) {
            Availability availability = candidate.availability(caller);
            if (availability.usable() && candidate.backend() != null) {
                return candidate.backend();
            }
            reasons.append(reasons.length() == 0 ? "" : "; ").append(candidate.name());
            reasons.append(": ").append(availability.reason());
        }
        throw new ConfineException("no usable backend: " + (all.isEmpty() ? "none is installed" : reasons));
    }

    private Backend named(String name, Caller caller) {
        InstalledBackend candidate = find(name);
        if (candidate == null) {
            throw new ConfineException("no backend \"" + name + "\" (--backend): there are " + names());
        }
        Availability availability = candidate.availability(caller);
        if (!availability.usable() || candidate.backend() == null) {
            throw new ConfineException("backend " + name + " cannot be used: " + availability.reason());
        }
        return candidate.backend();
    }

    private @Nullable InstalledBackend find(String name) {
        for (InstalledBackend candidate : all) {
            if (candidate.name().equals(name)) {
                return candidate;
            }
        }
        return null;
    }

    private String names() {
        StringBuilder names = new StringBuilder(AUTO);
        for (InstalledBackend candidate : all) {
            names.append(", ").append(candidate.name());
        }
        return names.toString();
    }

    /** Inserts by falling rank; a later one of the same rank goes behind, and what is defect goes last. */
    private static void add(List<InstalledBackend> found, Backend backend) {
        String defect = defect(found, backend);
        InstalledBackend entry = defect.isEmpty()
                ? new InstalledBackend(backend.name(), backend.rank(), backend, "")
                : InstalledBackend.broken(backend.name(), defect);
        int at = 0;
        while (at < found.size() && found.get(at).rank() >= entry.rank()) {
            at++;
        }
        found.add(at, entry);
    }

    private static String defect(List<InstalledBackend> found, Backend backend) {
        if (backend.name().equals(AUTO) || !isName(backend.name())) {
            return "its name must be lower case letters, digits and dashes, and not " + AUTO;
        }
        for (InstalledBackend other : found) {
            if (other.name().equals(backend.name())) {
                return "another backend has this name: " + backend.getClass().getName();
            }
        }
        return "";
    }

    private static boolean isName(String name) {
        for (int i = 0; i < name.length(); i++) {
            char c = name.charAt(i);
            if ((c < 'a' || c > 'z') && (c < '0' || c > '9') && c != '-') {
                return false;
            }
        }
        return !name.isEmpty();
    }

    private static String reason(Throwable defect) {
        Throwable cause = defect;
        while (cause.getCause() != null) {
            cause = cause.getCause();
        }
        return defect.getMessage() + (cause == defect ? "" : ": " + cause);
    }
}
