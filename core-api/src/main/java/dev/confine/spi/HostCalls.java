package dev.confine.spi;

/**
 * System calls on the host's side of a container that a JVM has no words for. Only where there is time: loading a native library costs more than a whole
 * hot command, so a command that is answered {@linkplain Session#cold() cold} has the launcher make its calls.
 */
public interface HostCalls {
    /**
     * Sends a signal to a process and to no other: the process is held by a pidfd while its start time is compared, so that a pid which has been given to
     * another process is never hit. Linux ≥ 5.3.
     *
     * @param pid in the JVM's pid namespace
     * @param startTime in clock ticks since boot, field 22 of /proc/PID/stat
     * @param signal a number of signal(7); 0 only looks
     * @throws dev.confine.ConfineException when the process has ended, or may not be signalled
     */
    void signal(long pid, long startTime, int signal);

    /**
     * The name of the file system that {@code path} is on, for example {@code ext4} or {@code tmpfs}; its magic number in hexadecimal where it has no well-known
     * name, see statfs(2).
     *
     * @throws dev.confine.ConfineException when there is no such path
     */
    String fileSystem(String path);
}
