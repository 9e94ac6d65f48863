package dev.confine.it;

/** The files with which podman and buildah use confine, as docs/callers.md has them. */
final class PodmanSettings {
    private PodmanSettings() {}

    static void write(Sandbox sandbox) {
        sandbox.write("/etc/containers/containers.conf", containers("cgroupfs"));
        sandbox.write("/etc/containers/storage.conf", """
                [storage]
                driver = "vfs"
                graphroot = "/var/lib/containers/storage"
                runroot = "/run/containers/storage"
                rootless_storage_path = "$HOME/.local/share/containers/storage"
                """);
    }

    /**
     * The text of containers.conf.
     *
     * @param manager of cgroups
     */
    static String containers(String manager) {
        return """
                [engine]
                runtime = "confine"
                runtime_supports_json = ["confine"]
                runtime_supports_nocgroup = ["confine"]
                cgroup_manager = "%s"
                events_logger = "file"

                [engine.runtimes]
                confine = ["%s"]

                [containers]
                default_ulimits = ["nofile=1024:20000", "nproc=4096:4096"]
                """.formatted(manager, Sandbox.confine());
    }
}
