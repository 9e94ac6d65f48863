package dev.confine.spec;

import java.lang.reflect.Constructor;
import java.lang.reflect.RecordComponent;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Configurations for tests. */
public final class Specs {
    /** Valid, and every part of it is applied: all namespaces, a map, a few mounts. */
    public static final Spec GOOD = good();

    private Specs() {}

    private static Spec good() {
        List<IdMapping> map = List.of(new IdMapping(0, 100_000, 65_536));
        Linux linux = Linux.NONE
                .withNamespaces(List.of(
                        new Namespace(NamespaceType.PID),
                        new Namespace(NamespaceType.NETWORK),
                        new Namespace(NamespaceType.MOUNT),
                        new Namespace(NamespaceType.IPC),
                        new Namespace(NamespaceType.UTS),
                        new Namespace(NamespaceType.USER)))
                .withMappings(map, map);
        Process process = new Process(
                false,
                null,
                new User(0, 0),
                List.of("sh"),
                List.of("PATH=/bin"),
                "/",
                Capabilities.NONE,
                List.of(),
                true,
                null,
                "",
                "",
                null,
                null,
                ExecCPUAffinity.NONE);
        List<Mount> mounts = List.of(
                new Mount("/proc", "proc", "proc", List.of()),
                new Mount("/tmp", "tmpfs", "tmpfs", List.of("nosuid", "size=1m")),
                new Mount("/data", "", "/srv/data", List.of("rbind", "ro")));
        return new Spec("1.3.0", new Root("rootfs", true), mounts, process, "box", "", Hooks.NONE, Map.of(), linux);
    }

    /** {@link #GOOD} with another value at a path of components such as {@code process.user.uid}. */
    public static Spec with(String path, @Nullable Object value) {
        return with(GOOD, path, value);
    }

    /** {@code record} with another value at a path of components. */
    public static <R extends Record> R with(R record, String path, @Nullable Object value) {
        int dot = path.indexOf('.');
        String name = dot < 0 ? path : path.substring(0, dot);
        RecordComponent[] components = record.getClass().getRecordComponents();
        @Nullable Object[] values = new @Nullable Object[components.length];
        boolean known = false;
        for (int i = 0; i < components.length; i++) {
            boolean here = components[i].getName().equals(name);
            values[i] = here && dot < 0 ? value : get(record, components[i]);
            if (here && dot >= 0) {
                values[i] = with((Record) java.util.Objects.requireNonNull(values[i]), path.substring(dot + 1), value);
            }
            known |= here;
        }
        if (!known) {
            throw new IllegalArgumentException(record.getClass() + " has no " + name);
        }
        return make(record, components, values);
    }

    @SuppressWarnings("unchecked")
    private static <R extends Record> R make(R record, RecordComponent[] components, @Nullable Object[] values) {
        Class<?>[] types = new Class<?>[components.length];
        for (int i = 0; i < components.length; i++) {
            types[i] = components[i].getType();
        }
        try {
            Constructor<?> constructor = record.getClass().getDeclaredConstructor(types);
            return (R) constructor.newInstance(values);
        } catch (ReflectiveOperationException e) {
            throw new LinkageError(e.getMessage(), e);
        }
    }

    /** The value of a component. */
    public static @Nullable Object get(Record record, RecordComponent component) {
        try {
            return component.getAccessor().invoke(record);
        } catch (ReflectiveOperationException e) {
            throw new LinkageError(e.getMessage(), e);
        }
    }
}
