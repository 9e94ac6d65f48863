package dev.confine.runtime.lifecycle;

import dev.confine.ConfineException;
import dev.confine.runtime.cgroup.Plan;
import dev.confine.runtime.cgroup.UnitDevices;
import dev.confine.runtime.cgroup.UnitLimits;
import dev.confine.runtime.cgroup.Write;
import dev.confine.runtime.systemd.AnnotatedProperties;
import dev.confine.runtime.systemd.BusSystemd;
import dev.confine.runtime.systemd.ScopeName;
import dev.confine.runtime.systemd.Systemd;
import dev.confine.runtime.systemd.UnitProperty;
import dev.confine.spec.DeviceCgroup;
import dev.confine.spec.Spec;
import dev.confine.spi.Caller;
import dev.confine.spi.CgroupDriver;
import dev.confine.spi.Context;
import dev.confine.spi.CreateRequest;
import dev.confine.state.ContainerState;
import java.io.File;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The scope of systemd that a new container is in: systemd makes its cgroup in v2 and in {@code name=systemd}, and moves the container's process there. What it does
 * not know of limits, and the other hierarchies of v1, are confine's.
 */
final class ContainerScope implements AutoCloseable {
    private static final int WITH_COLLECTION = 236;

    private final Systemd systemd;
    private final ScopeName name;
    private final Spec spec;
    private final String id;
    private boolean started;

    ContainerScope(Systemd systemd, CreateRequest request, String name) {
        this.systemd = systemd;
        this.spec = request.spec();
        this.id = request.id().value();
        String slice = systemd.isUsers() ? "user.slice" : "system.slice";
        this.name = ScopeName.of(spec.linux().cgroupsPath(), slice, name);
    }

    /** Null where systemd is not the manager of cgroups. */
    static @Nullable ContainerScope of(Context context, CreateRequest request) {
        if (context.cgroups() != CgroupDriver.SYSTEMD) {
            return null;
        }
        String name = ContainerCgroups.name(context.root(), request.id().value());
        Systemd systemd = BusSystemd.of(context.session().caller());
        try {
            return new ContainerScope(systemd, request, name);
        } catch (ConfineException e) {
            systemd.close();
            throw e;
        }
    }

    String unit() {
        return name.unit();
    }

    /** The cgroup that it will have, from the top of the hierarchies. */
    String directory() {
        return systemd.controlGroup() + name.directory();
    }

    /** Makes it, with the container's first process in it. */
    void start(long pid, Plan plan) {
        int version = systemd.version();
        List<UnitProperty> properties = new ArrayList<>();
        properties.add(UnitProperty.text("Description", "confine container " + id));
        properties.add(UnitProperty.text("Slice", name.slice()));
        properties.add(new UnitProperty("PIDs", "au", List.of(pid)));
        properties.add(UnitProperty.flag("Delegate", true));
        properties.add(UnitProperty.flag("DefaultDependencies", false));
        for (String account : List.of("Memory", "CPU", "IO", "Tasks")) {
            properties.add(UnitProperty.flag(account + "Accounting", true));
        }
        if (version >= WITH_COLLECTION) {
            // one that has failed is forgotten too
            properties.add(UnitProperty.text("CollectMode", "inactive-or-failed"));
        }
        List<Write> writes = new ArrayList<>(plan.writes());
        writes.addAll(plan.last());
        properties.addAll(UnitLimits.of(writes, plan.directories().get(""), version));
        List<DeviceCgroup> devices = spec.linux().resources().devices();
        if (!systemd.isUsers()) {
            properties.addAll(UnitDevices.of(devices));
        }
        properties.addAll(AnnotatedProperties.of(spec.annotations()));
        started = true;
        systemd.start(name.unit(), properties);
    }

    /** Stops it, where it was started: its processes have ended. */
    void undo() {
        if (started) {
            systemd.stop(name.unit());
        }
    }

    @Override
    public void close() {
        systemd.close();
    }

    // ---- one that exists

    /** Has systemd know limits that are about to change. */
    static void set(Context context, ContainerState state, List<Write> writes) {
        if (!state.scope().isEmpty()) {
            try (Systemd systemd = BusSystemd.of(context.session().caller())) {
                String unified = state.cgroups().get("");
                systemd.set(state.scope(), UnitLimits.of(writes, unified, systemd.version()));
            }
        }
    }

    /**
     * Has systemd move a process of the container there, where the caller may not.
     *
     * @param below a cgroup of the scope, {@code /} for its own
     */
    static void attach(Caller caller, ContainerState state, String below, long pid) {
        try (Systemd systemd = BusSystemd.of(caller)) {
            systemd.attach(state.scope(), below, List.of(pid));
        } catch (ConfineException e) {
            if (below.equals("/")) {
                throw e;
            }
            throw new ConfineException(
                    "--cgroup " + below.substring(1) + ": " + e.getMessage() + " (it has to be there, below "
                            + state.scope() + ")",
                    e);
        }
    }

    /** Whether it has more than its name left: one without processes ends by itself. */
    static boolean isThere(ContainerState state) {
        if (state.scope().isEmpty()) {
            return false;
        }
        for (Map.Entry<String, String> cgroup : state.cgroups().entrySet()) {
            boolean systemds = cgroup.getKey().isEmpty() || cgroup.getKey().equals("name=systemd");
            if (systemds && new File(cgroup.getValue()).exists()) {
                return true;
            }
        }
        return false;
    }

    /** Stops what is left of it, which has no processes any more. That systemd does not answer is no reason to keep the container. */
    static void stop(Context context, ContainerState state) {
        try (Systemd systemd = BusSystemd.of(context.session().caller())) {
            systemd.stop(state.scope());
        } catch (ConfineException e) {
            context.log().warn("the unit " + state.scope() + " was not stopped: " + e.getMessage());
        }
    }
}
