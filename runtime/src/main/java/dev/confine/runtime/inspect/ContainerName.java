package dev.confine.runtime.inspect;

/**
 * A container as people know it.
 *
 * @param engine whose
 * @param id whole
 * @param name what people gave it, or empty where nothing of the process says so
 */
public record ContainerName(Engine engine, String id, String name) {
    private static final int SHORT = 12;
    private static final int LONG = 64;

    /** Who keeps containers. {@code toString} is what it is called. */
    public enum Engine {
        CONFINE("confine"),
        PODMAN("podman"),
        DOCKER("docker"),
        CONTAINERD("containerd"),
        CRIO("cri-o");

        private final String word;

        Engine(String word) {
            this.word = word;
        }

        @Override
        public String toString() {
            return word;
        }
    }

    /** For a table: {@code podman web}, {@code docker 0123456789ab}. */
    @Override
    public String toString() {
        return engine + " " + (name.isEmpty() ? shortId() : name);
    }

    private String shortId() {
        return id.length() == LONG ? id.substring(0, SHORT) : id;
    }
}
