package dev.confine.spec;

/**
 * How mounts propagate between the container's root and the host, mount_namespaces(7). The specification names the four without {@code r}; engines
 * also write the recursive ones, as they would to mount(8). {@code toString} is the word of config.json.
 */
public enum RootfsPropagation {
    PRIVATE("private"),
    SHARED("shared"),
    SLAVE("slave"),
    UNBINDABLE("unbindable"),
    RPRIVATE("rprivate"),
    RSHARED("rshared"),
    RSLAVE("rslave"),
    RUNBINDABLE("runbindable");

    private final String word;

    RootfsPropagation(String word) {
        this.word = word;
    }

    @Override
    public String toString() {
        return word;
    }
}
