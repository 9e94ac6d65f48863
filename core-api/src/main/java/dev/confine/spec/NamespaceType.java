package dev.confine.spec;

/** The eight kinds of namespaces(7). {@code toString} is the word of config.json. */
public enum NamespaceType {
    PID("pid"),
    NETWORK("network"),
    MOUNT("mount"),
    IPC("ipc"),
    UTS("uts"),
    USER("user"),
    CGROUP("cgroup"),
    TIME("time");

    private final String word;

    NamespaceType(String word) {
        this.word = word;
    }

    @Override
    public String toString() {
        return word;
    }
}
