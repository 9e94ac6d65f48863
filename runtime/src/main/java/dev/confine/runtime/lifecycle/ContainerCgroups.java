package dev.confine.runtime.lifecycle;

import dev.confine.ConfineException;
import dev.confine.launch.Conversation;
import dev.confine.runtime.cgroup.Members;
import dev.confine.runtime.cgroup.Plan;
import dev.confine.runtime.cgroup.Planner;
import dev.confine.runtime.cgroup.Resctrl;
import dev.confine.runtime.cgroup.SubCgroups;
import dev.confine.runtime.cgroup.Wish;
import dev.confine.runtime.cgroup.Write;
import dev.confine.runtime.compile.CgroupPrograms;
import dev.confine.runtime.compile.Compiled;
import dev.confine.runtime.compile.Tags;
import dev.confine.spec.Linux;
import dev.confine.spec.Mount;
import dev.confine.spec.Process;
import dev.confine.spec.Scheduler;
import dev.confine.spec.Spec;
import dev.confine.spi.Caller;
import dev.confine.spi.CgroupDriver;
import dev.confine.spi.Context;
import dev.confine.spi.CreateRequest;
import dev.confine.state.ContainerState;
import dev.confine.state.Status;
import dev.confine.validate.Violation;
import java.io.File;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The cgroups of one container, from the plan to their removal. */
final class ContainerCgroups {
    private static final int LONGEST_ID = 200;
    private static final int ATTEMPTS = 200;
    private static final int FREEZING = 50;
    private static final int PATIENCE = 500;
    private static final long MILLIS = 10;
    private static final int SIGKILL = 9;

    private final Conversation front;
    private final ContainerState state;
    private final Members members;

    ContainerCgroups(Conversation front, ContainerState state) {
        this.front = front;
        this.state = state;
        this.members = new Members(state.cgroups());
    }

    /**
     * Where a new container's lie. Throws with every reason, one a line, why it cannot have what is asked for.
     *
     * @param scope where systemd makes them
     */
    static Plan plan(Context context, CreateRequest request, @Nullable ContainerScope scope) {
        Linux linux = request.spec().linux();
        List<Violation> found = new ArrayList<>();
        Plan plan = Plan.NONE;
        switch (context.cgroups()) {
            case CGROUPFS, SYSTEMD -> {
                Caller caller = context.session().caller();
                String name = name(context.root(), request.id().value());
                Wish wish = new Wish(
                        scope == null ? linux.cgroupsPath() : scope.directory(),
                        name,
                        linux.resources(),
                        caller.uid(),
                        scope == null ? "" : scope.unit(),
                        isRealTime(request.spec().process()));
                plan = Planner.plan(wish, caller.pid(), found);
            }
            case DISABLED -> {
                refuseLimits(linux, found);
                plan = showsCgroups(request.spec())
                        ? Plan.staying(context.session().caller().pid())
                        : Plan.NONE;
                if (!linux.resources().devices().isEmpty()) {
                    context.log()
                            .warn("no cgroup manager, so the container may use any device that it has"
                                    + " (config.json /linux/resources/devices)");
                }
            }
        }
        if (!found.isEmpty()) {
            throw new ConfineException(text(found));
        }
        return plan;
    }

    private static boolean isRealTime(@Nullable Process process) {
        Scheduler scheduler = process == null ? null : process.scheduler();
        return scheduler != null && scheduler.isRealTime();
    }

    private static boolean showsCgroups(Spec spec) {
        for (Mount mount : spec.mounts()) {
            if (mount.type().startsWith("cgroup")) {
                return true;
            }
        }
        return false;
    }

    /** An id is unique in its state directory, a cgroup on the host. */
    static String name(String root, String id) {
        String name = "confine-" + Integer.toHexString(root.hashCode()) + "-" + id;
        return name.length() <= LONGEST_ID ? name : name.substring(0, LONGEST_ID);
    }

    private static void refuseLimits(Linux linux, List<Violation> found) {
        if (!linux.resources().withDevices(List.of()).isEmpty()) {
            found.add(new Violation(
                    "/linux/resources",
                    "asks for limits, and " + CgroupDriver.DISABLED.word()
                            + " is the cgroup manager: leave --cgroup-manager out, or remove this"));
        }
    }

    static String text(List<Violation> found) {
        StringBuilder text = new StringBuilder();
        for (Violation violation : found) {
            text.append(text.length() == 0 ? "config.json " : "\nconfig.json ").append(violation);
        }
        return text.toString();
    }

    /** What a further process of the container joins, or the cgroups below that {@code asked} names. */
    Plan joining(List<String> asked) {
        Caller caller = front.caller();
        if (!state.scope().isEmpty() && !caller.isRoot() && !members.mayBeJoined(caller.pid())) {
            belowScope(asked);
            return Plan.moved(state.scope());
        }
        return Plan.joining(SubCgroups.below(members.joining(state.pid()), asked));
    }

    /** Where in its scope systemd moves such a process, {@code /} where nothing is asked for: it knows cgroup v2 alone. */
    static String belowScope(List<String> asked) {
        String path = SubCgroups.below(Map.of("", ""), asked).get("");
        return path == null || path.isEmpty() ? "/" : path;
    }

    /** Its groups of resctrl. Throws with every reason, one a line, why it cannot have what is asked for. */
    static Resctrl resctrl(CreateRequest request) {
        List<Violation> found = new ArrayList<>();
        Resctrl plan =
                Resctrl.plan(request.spec().linux().intelRdt(), request.id().value(), found);
        if (!found.isEmpty()) {
            throw new ConfineException(text(found));
        }
        return plan;
    }

    /** Removes what was made for the container, with all processes that are left in it and the cgroups below. */
    void remove() {
        removeCgroups();
        if (!state.ownedResctrl().isEmpty()) {
            front.run(CgroupPrograms.remove(List.of(), state.ownedResctrl()).program());
            front.awaitValue(Tags.BUSY);
            front.awaitDone();
        }
    }

    private void removeCgroups() {
        List<String> groups = new ArrayList<>();
        List<String> parents = new ArrayList<>();
        for (String directory : state.ownedCgroups()) {
            (state.cgroups().containsValue(directory) ? groups : parents).add(directory);
        }
        if (groups.isEmpty() && members.pids().isEmpty()) {
            return;
        }
        List<String> directories = groups;
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            front.run(CgroupPrograms.remove(directories, parents).program());
            long busy = front.awaitValue(Tags.BUSY);
            front.awaitDone();
            if (busy == 0 && members.pids().isEmpty()) {
                return;
            }
            kill();
            pause();
            directories = withChildren(groups);
        }
        throw new ConfineException("the cgroups of container " + state.id()
                + " cannot be removed: something in them does not end (" + String.join(", ", directories) + ")");
    }

    /** Removes what was made for a container that has no state yet; its process, if there is one, is about to end. What others use stays. */
    static void removeEmpty(Conversation front, List<String> directories) {
        for (int attempt = 0; attempt < ATTEMPTS && !directories.isEmpty(); attempt++) {
            boolean busy = false;
            for (String directory : directories) {
                busy |= !new Members(Map.of("", directory)).pids().isEmpty();
            }
            front.run(CgroupPrograms.remove(List.of(), directories).program());
            front.awaitValue(Tags.BUSY);
            front.awaitDone();
            if (!busy) {
                return;
            }
            pause();
        }
    }

    /** Sends a signal to every process. They are stopped meanwhile where that is possible, so that none is new and no id another's. */
    void signal(int signal) {
        if (signal == SIGKILL) {
            kill();
            return;
        }
        boolean paused = members.isFrozen();
        if (!paused) {
            stop();
        }
        run(CgroupPrograms.signal(members.pids(), signal));
        if (!paused) {
            attempt(members.freeze(false));
        }
    }

    /** Stops every process until {@link #thaw}, or none. */
    void freeze() {
        if (state.status() == Status.PAUSED) {
            throw new ConfineException("container not running: " + state.id() + " is paused");
        }
        List<Write> writes = members.freeze(true);
        if (writes.isEmpty()) {
            throw new ConfineException("container " + state.id() + " cannot be paused: it has no cgroup of its own"
                    + " that stops processes (a freezer of v1, or v2); have one delegated to you, or run it as root");
        }
        run(CgroupPrograms.write(writes));
        for (int i = 0; i < PATIENCE; i++) {
            if (members.haveStopped()) {
                return;
            }
            pause();
        }
        attempt(members.freeze(false));
        throw new ConfineException("container " + state.id() + " was not paused: not every process stopped within "
                + PATIENCE * MILLIS / 1000 + " s of writing to " + writes.get(0).path());
    }

    /** Has every process go on. */
    void thaw() {
        if (state.status() != Status.PAUSED) {
            throw new ConfineException("container not paused: " + state.id() + " is "
                    + state.status().word());
        }
        List<Write> writes = members.freeze(false);
        run(CgroupPrograms.write(writes));
        for (int i = 0; i < PATIENCE; i++) {
            if (!members.isFrozen() && !members.haveStopped()) {
                return;
            }
            pause();
        }
        throw new ConfineException("container " + state.id() + " does not go on: a cgroup above "
                + writes.get(0).path() + " is frozen");
    }

    /** What lets processes that are stopped go on; nothing where they are not. */
    List<Write> thawing() {
        return members.isFrozen() ? members.freeze(false) : List.of();
    }

    /** Has a container that was killed while paused end; in v2 it does so by itself. */
    void letEnd() {
        List<Write> writes = thawing();
        if (!writes.isEmpty()) {
            attempt(writes);
        }
    }

    /** Kills every process that is left, paused or not. */
    private void kill() {
        List<Write> atOnce = members.kill();
        if (!atOnce.isEmpty()) {
            run(CgroupPrograms.write(atOnce));
            return;
        }
        stop();
        run(CgroupPrograms.signal(members.pids(), SIGKILL));
        attempt(members.freeze(false));
    }

    private void stop() {
        attempt(members.freeze(true));
        for (int i = 0; i < FREEZING && !members.haveStopped(); i++) {
            pause();
        }
    }

    private void attempt(List<Write> writes) {
        List<Write> attempts = new ArrayList<>();
        for (Write write : writes) {
            attempts.add(Write.attempt(write.path(), write.value()));
        }
        run(CgroupPrograms.write(attempts));
    }

    private void run(Compiled program) {
        front.run(program.program());
        front.awaitDone();
    }

    private static List<String> withChildren(List<String> groups) {
        List<String> all = new ArrayList<>();
        for (String directory : groups) {
            add(new File(directory), all);
        }
        return all;
    }

    private static void add(File directory, List<String> all) {
        File[] files = directory.listFiles();
        if (files != null) {
            for (File file : files) {
                if (file.isDirectory()) {
                    add(file, all);
                }
            }
        }
        all.add(directory.getPath());
    }

    private static void pause() {
        try {
            Thread.sleep(MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
