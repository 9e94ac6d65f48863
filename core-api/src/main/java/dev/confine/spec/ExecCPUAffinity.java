package dev.confine.spec;

/**
 * CPUs on which a process that {@code exec} adds may run, {@code config.md#exec-cpu-affinity}: lists such as {@code 0-3,7}.
 *
 * @param initial before it moves to the container's cgroup, empty for no change
 * @param afterwards {@code final} in the file: after that move, empty for no change
 */
public record ExecCPUAffinity(String initial, String afterwards) {
    public static final ExecCPUAffinity NONE = new ExecCPUAffinity("", "");

    /** Whether nothing is given. */
    public boolean isEmpty() {
        return initial.isEmpty() && afterwards.isEmpty();
    }
}
