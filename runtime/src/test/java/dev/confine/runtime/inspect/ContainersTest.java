package dev.confine.runtime.inspect;

import static org.assertj.core.api.Assertions.assertThat;

import dev.confine.runtime.inspect.ContainerName.Engine;
import dev.confine.runtime.store.StateStore;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class ContainersTest {
    private static final String ID = "0123456789abcdef".repeat(4);

    @TempDir
    private Path directory;

    @ParameterizedTest
    @CsvSource({
        "/machine.slice/libpod-ID.scope/container, PODMAN",
        "/libpod_parent/libpod-ID, PODMAN",
        "/user.slice/user-1000.slice/user@1000.service/user.slice/libpod-ID.scope, PODMAN",
        "/system.slice/docker-ID.scope, DOCKER",
        "/docker/ID, DOCKER",
        "/docker/ID/init.scope, DOCKER",
        "/kubepods.slice/kubepods-pod1.slice/cri-containerd-ID.scope, CONTAINERD",
        "/kubepods/besteffort/pod1/ID, CONTAINERD",
        "/kubepods.slice/crio-ID.scope, CRIO",
        "/system.slice/nerdctl-ID.scope, CONTAINERD",
    })
    void cgroup_ofEngine_namesTheContainer(String path, Engine engine) {
        assertThat(EngineTraces.ofCgroup(path.replace("ID", ID))).isEqualTo(new ContainerName(engine, ID, ""));
    }

    @ParameterizedTest
    @CsvSource({"/", "/user.slice/session-1.scope", "/libpod-conmon-ID.scope", "/x/ID", "/docker/short"})
    void cgroup_ofHost_namesNone(String path) {
        assertThat(EngineTraces.ofCgroup(path.replace("ID", ID))).isNull();
    }

    @Test
    void process_belowKeeper_isInItsContainer() {
        FakeProc fake = new FakeProc(directory)
                .process(10, 1, 0, "conmon")
                .file("10/cmdline", "/usr/bin/conmon\0--api-version\0" + "1\0-c\0" + ID + "\0-n\0web\0")
                .process(11, 10, 0, "sh")
                .process(12, 11, 0, "sleep")
                .process(20, 1, 0, "shim")
                .file("20/cmdline", "/usr/bin/containerd-shim-runc-v2\0-namespace\0moby\0-id\0" + ID + "\0")
                .process(21, 20, 0, "sh")
                .process(22, 20, 0, "sh")
                .file("22/cmdline", "conmon\0");
        assertThat(name(fake, 12)).isEqualTo(new ContainerName(Engine.PODMAN, ID, "web"));
        assertThat(name(fake, 12)).hasToString("podman web");
        assertThat(name(fake, 21)).hasToString("docker 0123456789ab");
        assertThat(name(fake, 10)).isNull();
        assertThat(name(fake, 99)).isNull();
    }

    @Test
    void process_ofCgroupAndKeeper_hasIdAndName() {
        FakeProc fake = new FakeProc(directory)
                .process(10, 1, 0, "conmon")
                .file("10/cmdline", "conmon\0-c\0" + ID + "\0-n\0web\0")
                .process(11, 10, 0, "sh")
                .file("11/cgroup", "5:cpu:/\n0::/libpod-" + ID + ".scope\n");
        assertThat(name(fake, 11)).isEqualTo(new ContainerName(Engine.PODMAN, ID, "web"));
    }

    private @Nullable ContainerName name(FakeProc fake, long pid) {
        return Containers.of(
                        fake.proc(), new StateStore(directory.resolve("state").toString()))
                .of(pid);
    }
}
