package dev.confine.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** podman with systemd as its manager of cgroups, the system's and a user's. It has this machine for itself, as systemd is in no sandbox. */
@Containers
@Requires({"root", "unified", "systemd", "podman"})
final class PodmanSystemdTest {
    private static Result podman(As as, String... words) {
        Path directory = Scratch.current().path("podman");
        String runtime = as == As.ROOT ? "/run" : "/run/user/" + as.uid();
        List<String> all = new ArrayList<>(as.prefix());
        all.addAll(List.of(
                "env",
                "HOME=" + directory,
                "TMPDIR=" + directory,
                "XDG_RUNTIME_DIR=" + runtime,
                "DBUS_SESSION_BUS_ADDRESS=unix:path=/run/user/" + as.uid() + "/bus",
                "CONTAINERS_CONF=" + directory.resolve("containers.conf"),
                "CONTAINERS_STORAGE_CONF=" + directory.resolve("storage.conf"),
                "podman"));
        all.addAll(List.of(words));
        return Command.of(all).in(directory).run();
    }

    /** Where nobody has used podman before, with busybox as its image. */
    private static void setUp(As as) {
        Path directory = Scratch.current().directory("podman", as);
        Scratch.write(directory.resolve("containers.conf"), PodmanSettings.containers("systemd"));
        Scratch.write(directory.resolve("storage.conf"), """
                [storage]
                driver = "vfs"
                graphroot = "%1$s/storage"
                runroot = "%1$s/run"
                rootless_storage_path = "%1$s/storage"
                """.formatted(directory));
        Path tree = Scratch.current().path("tree");
        Busybox.tree(tree);
        Path image = directory.resolve("image.tar");
        Command.run("tar", "-C", tree.toString(), "-cf", image.toString(), ".").success();
        podman(as, "import", image.toString(), "busybox").success();
    }

    private static String inspect(As as, String what) {
        return podman(as, "inspect", "--format={{" + what + "}}", "box").output();
    }

    @AsEach
    void container_isInAScope_withItsLimits_throughItsWholeLife(As as) {
        setUp(as);
        podman(
                        as,
                        "run",
                        "-d",
                        "--name=box",
                        "--network=none",
                        "--memory=64m",
                        "--pids-limit=50",
                        "busybox",
                        "sleep",
                        "1000")
                .success();
        String cgroup = inspect(as, ".State.CgroupPath");
        assertThat(cgroup).startsWith(Systemctl.cgroup(as)).endsWith(".scope");
        String unit = cgroup.substring(cgroup.lastIndexOf('/') + 1);
        assertThat(Cgroup.read("memory", cgroup, "-", "memory.max")).isEqualTo("67108864");
        assertThat(Systemctl.property(as, unit, "MemoryMax")).isEqualTo("67108864");
        assertThat(Systemctl.property(as, unit, "TasksMax")).isEqualTo("50");
        assertThat(podman(as, "exec", "box", "cat", "/proc/self/cgroup").output())
                .isEqualTo(podman(as, "exec", "box", "cat", "/proc/1/cgroup").output());
        podman(as, "update", "--memory=96m", "box").success();
        assertThat(Cgroup.read("memory", cgroup, "-", "memory.max")).isEqualTo("100663296");
        assertThat(Systemctl.property(as, unit, "MemoryMax")).isEqualTo("100663296");
        podman(as, "pause", "box").success();
        assertThat(inspect(as, ".State.Status")).isEqualTo("paused");
        podman(as, "unpause", "box").success();
        podman(as, "stop", "--time=1", "box").success();
        assertThat(inspect(as, ".State.Status")).isEqualTo("exited");
        Systemctl.gone(as, unit);
        podman(as, "start", "box").success();
        assertThat(inspect(as, ".State.Status")).isEqualTo("running");
        podman(as, "rm", "--force", "--time=0", "box").success();
        Systemctl.gone(as, unit);
        assertThat(Cgroup.at(cgroup)).isEmpty();
        // the process that holds an ordinary user's namespaces
        podman(as, "system", "migrate").success();
    }
}
