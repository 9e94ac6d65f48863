package dev.confine.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** Idmapped root file systems and mounts, {@code config.md#posix-platform-mounts}, mount_setattr(2): a matter of root. */
@Containers
@Requires({"root", "idmapped-mounts"})
final class IdmapTest {
    @Test
    void rootfs_showsTheOwnersOnDisk() throws IOException {
        Bundle bundle = inUserNamespace().script("stat -c %u:%g /bin; touch /made; stat -c %u /made");
        assertThat(bundle.output("--idmap-rootfs")).isEqualTo("0:0\n0");
        assertThat(owner(bundle.rootfs().resolve("made"))).isZero();
    }

    @Test
    void rootfs_withoutIt_belongsToNobody() {
        assertThat(inUserNamespace().args("stat", "-c", "%u", "/bin").output()).isEqualTo("65534");
    }

    @Test
    void bind_withIdmap_hasTheContainersMap() throws IOException {
        Bundle bundle = inUserNamespace();
        Path data = Scratch.current().directory("data", As.ROOT);
        bundle.mount(bind(data, "'bind', 'idmap'")).script("touch /data/made; stat -c %u:%g /data /data/made");
        assertThat(bundle.output()).isEqualTo("0:0\n0:0");
        assertThat(owner(data.resolve("made"))).isZero();
    }

    @Test
    void bind_withRidmap_hasItBeneathToo() {
        Bundle bundle = inUserNamespace();
        Path data = Scratch.current().directory("data", As.ROOT);
        String script = "mkdir " + data + "/sub && mount -t tmpfs x " + data + "/sub && exec \"$@\"";
        Confine confine = Confine.as(As.ROOT).via("unshare", "--mount").viaShell(script);
        bundle.mount(bind(data, "'rbind', 'ridmap'")).script("stat -c %u /data /data/sub");
        assertThat(bundle.run(confine).output()).isEqualTo("0\n0");
    }

    @Test
    void bind_withMappingsOfItsOwn_hasThose() throws IOException {
        Bundle bundle = inUserNamespace();
        Path data = Scratch.current().directory("data", As.ROOT);
        Scratch.own(data, 1000);
        // on disk 1000 is what the mount shows as the host's 500000, and that is 0 inside
        String mapping = "[" + Bundle.extent("1000:" + As.ROOT.firstSubordinate() + ":1") + "]";
        bundle.mount("{destination: '/data', type: 'bind', source: '" + data + "', options: ['bind'], uidMappings: "
                + mapping + ", gidMappings: " + mapping + "}");
        assertThat(bundle.script("touch /data/made; stat -c %u:%g /data").output())
                .isEqualTo("0:0");
        assertThat(owner(data.resolve("made"))).isEqualTo(1000);
    }

    @Test
    void bind_withMappingsInItsOption_hasThose() throws IOException {
        Bundle bundle = inUserNamespace();
        Path data = Scratch.current().directory("data", As.ROOT);
        Scratch.own(data, 1000);
        bundle.mount(bind(data, "'bind', 'idmap=uids=@1000-7-1;gids=1000-" + As.ROOT.firstSubordinate() + "-1'"));
        assertThat(bundle.script("stat -c %u:%g /data").output()).isEqualTo("7:0");
        bundle.set("/mounts", "[" + bind(data, "'bind', 'idmap=uids=1000'") + "]")
                .run()
                .refusal("idmap=uids=1000", "/mounts/0/options", "IN_THE_FILE_SYSTEM-ON_THE_HOST-COUNT");
    }

    @Test
    void mappingsOfOneKindAlone_areRefused() {
        String mapping = "[" + Bundle.extent("0:1000:1") + "]";
        inUserNamespace()
                .mount("{destination: '/data', type: 'bind', source: '/tmp', options: ['bind'], uidMappings: " + mapping
                        + "}")
                .run()
                .refusals("/mounts/", "gidMappings");
    }

    @Test
    void idmap_withoutUserNamespace_isRefused() {
        Bundle.of(As.ROOT)
                .mount(bind(Path.of("/tmp"), "'bind', 'idmap'"))
                .run()
                .refusals("idmap", "user namespace", "/mounts/");
    }

    @Test
    void idmapRootfs_withoutUserNamespace_isRefused() {
        Bundle.of(As.ROOT).run("--idmap-rootfs").refusal("--idmap-rootfs", "user namespace");
    }

    @Test
    void fileSystemThatCannot_isNamed() {
        Bundle bundle = inUserNamespace();
        bundle.mount(bind(Path.of("/proc/sys/kernel"), "'bind', 'idmap'")).run().refusal("proc", "idmap", "/mounts/");
    }

    @Test
    void ordinaryUser_isRefused() {
        Bundle.of(As.USER).run("--idmap-rootfs").refusal("--idmap-rootfs", "root");
        Bundle.of(As.USER, "second")
                .mount(bind(Path.of("/tmp"), "'bind', 'idmap'"))
                .run()
                .refusal("idmap", "root", "/mounts/");
    }

    private static Bundle inUserNamespace() {
        Bundle bundle = Bundle.of(As.ROOT).userNamespace("0:" + As.ROOT.firstSubordinate() + ":65536");
        // root of the container is not root of the root file system, so it cannot make it
        assertThat(bundle.rootfs().resolve("data").toFile().mkdir()).isTrue();
        return bundle;
    }

    private static String bind(Path source, String options) {
        return "{destination: '/data', type: 'bind', source: '" + source + "', options: [" + options + "]}";
    }

    private static int owner(Path file) throws IOException {
        return (Integer) Files.getAttribute(file, "unix:uid");
    }
}
