package dev.confine.state;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What confine remembers of a container: the content of {@code ROOT/<id>/state.json}. A pid counts only with its start time.
 *
 * @param version of this record, {@link #VERSION}
 * @param ociVersion of the configuration the container was made from
 * @param id the container
 * @param status what was last written: {@code CREATING}, {@code CREATED} or {@code RUNNING}; whether it still holds is read from /proc
 * @param pid of its first process in the pid namespace of the caller, 0 while creating
 * @param startTime of that process, in clock ticks since boot (field 22 of /proc/PID/stat), 0 while creating
 * @param bundle absolute path
 * @param rootfs absolute path
 * @param created RFC 3339, UTC
 * @param ownerUid who made it
 * @param backend the name of the backend it was made with
 * @param annotations from the configuration
 * @param cgroups the absolute path of its cgroup in each hierarchy, by controllers as in proc_pid_cgroup(5) (empty for v2); none when it stays in its caller's
 * @param ownedCgroups those that were made for it and go with it, with parents that were, children first
 * @param scope the unit of systemd that has it, empty for none
 * @param ownedResctrl groups of resctrl that were made for it and go with it, children first
 */
public record ContainerState(
        int version,
        String ociVersion,
        ContainerId id,
        Status status,
        long pid,
        long startTime,
        String bundle,
        String rootfs,
        String created,
        long ownerUid,
        String backend,
        Map<String, String> annotations,
        Map<String, String> cgroups,
        List<String> ownedCgroups,
        String scope,
        List<String> ownedResctrl) {

    /** The version this build writes. */
    public static final int VERSION = 1;

    public ContainerState {
        annotations = Map.copyOf(annotations);
        cgroups = Collections.unmodifiableMap(new LinkedHashMap<>(cgroups));
        ownedCgroups = Collections.unmodifiableList(new ArrayList<>(ownedCgroups));
        ownedResctrl = Collections.unmodifiableList(new ArrayList<>(ownedResctrl));
    }

    /** Of a container that stays in its caller's cgroups. */
    public ContainerState(
            int version,
            String ociVersion,
            ContainerId id,
            Status status,
            long pid,
            long startTime,
            String bundle,
            String rootfs,
            String created,
            long ownerUid,
            String backend,
            Map<String, String> annotations) {
        this(
                version,
                ociVersion,
                id,
                status,
                pid,
                startTime,
                bundle,
                rootfs,
                created,
                ownerUid,
                backend,
                annotations,
                Map.of(),
                List.of(),
                "",
                List.of());
    }

    /** This record with the first process that it now has. */
    public ContainerState with(long newPid, long newStartTime) {
        return new ContainerState(
                version,
                ociVersion,
                id,
                status,
                newPid,
                newStartTime,
                bundle,
                rootfs,
                created,
                ownerUid,
                backend,
                annotations,
                cgroups,
                ownedCgroups,
                scope,
                ownedResctrl);
    }

    /** This record with another status. */
    public ContainerState with(Status next) {
        return new ContainerState(
                version,
                ociVersion,
                id,
                next,
                pid,
                startTime,
                bundle,
                rootfs,
                created,
                ownerUid,
                backend,
                annotations,
                cgroups,
                ownedCgroups,
                scope,
                ownedResctrl);
    }
}
