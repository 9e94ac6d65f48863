package dev.confine.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** {@code mounts add} and {@code mounts remove}: the mounts of a container that lives change, and those of the host never do. */
@Containers
final class MountsCommandTest {
    private static Bundle running(As as) {
        Bundle bundle = Bundle.of(as).args("sleep", "100");
        bundle.run("--detach").success();
        return bundle;
    }

    private static Result add(Bundle bundle, String... mounts) {
        String[] words = new String[2 + 2 * mounts.length];
        words[0] = "add";
        words[1] = bundle.id();
        for (int i = 0; i < mounts.length; i++) {
            words[2 + 2 * i] = "--mount";
            words[3 + 2 * i] = mounts[i];
        }
        return bundle.confine("mounts", words);
    }

    private static Result remove(Bundle bundle, String destination) {
        return bundle.confine("mounts", "remove", bundle.id(), "-d", destination);
    }

    private static String mounts(Bundle bundle) {
        return Scratch.read(Path.of("/proc/" + bundle.pid() + "/mountinfo"));
    }

    private static Path source(As as, String name) {
        Path directory = Scratch.current().directory(name, as);
        Scratch.write(directory.resolve("file"), "from the host");
        return directory;
    }

    @AsEach
    void mounts_areAdded_andRemoved(As as) {
        Path source = source(as, "source");
        String host = Scratch.read(Path.of("/proc/self/mountinfo"));
        Bundle bundle = running(as);
        add(
                        bundle,
                        "type=bind,source=" + source + ",destination=/mnt/dir,ro,nosuid",
                        "type=bind,source=" + source + "/file,destination=/mnt/file",
                        "type=tmpfs,destination=/mnt/tmp,size=64k,mode=700")
                .success();
        String seen = mounts(bundle);
        assertThat(MountInfo.of(seen, "/mnt/dir").options()).contains("ro", "nosuid");
        assertThat(MountInfo.of(seen, "/mnt/tmp").superblock()).contains("size=64k");
        assertThat(bundle.confine("exec", bundle.id(), "cat", "/mnt/dir/file", "/mnt/file")
                        .output())
                .isEqualTo("from the hostfrom the host");
        for (String place : List.of("/mnt/dir", "/mnt/file", "/mnt/tmp")) {
            remove(bundle, place).success();
            assertThat(mounts(bundle)).doesNotContain(place);
        }
        assertThat(source.resolve("file")).hasContent("from the host");
        assertThat(Scratch.read(Path.of("/proc/self/mountinfo"))).isEqualTo(host);
        bundle.deleteByForce().success();
    }

    /** crun's way. */
    @AsEach
    void mounts_ofAFile_areAdded_andRemoved(As as) {
        Path source = source(as, "source");
        Bundle bundle = running(as);
        String list = "[{\"destination\":\"/mnt/a\",\"type\":\"bind\",\"source\":\"" + source
                + "\",\"options\":[\"bind\",\"ro\"]},{\"destination\":\"/mnt/b\",\"type\":\"tmpfs\"}]";
        Path file = Scratch.write(Scratch.current().path("mounts.json"), list);
        bundle.confine("mounts", "add", bundle.id(), file.toString()).success();
        assertThat(mounts(bundle)).contains(" /mnt/a ", " /mnt/b ");
        Scratch.write(file, "{\"mounts\":" + list + "}");
        bundle.confine("mounts", "remove", bundle.id(), file.toString()).success();
        assertThat(mounts(bundle)).doesNotContain("/mnt/");
        bundle.deleteByForce().success();
    }

    @AsEach
    void what_cannotBe_isRefused(As as) {
        Bundle bundle = running(as);
        add(bundle).refusal("nothing to mount");
        add(bundle, "type=bind,source=/nowhere,destination=/mnt").refusal("/nowhere", "ENOENT", "/mounts/0/source");
        add(bundle, "type=tmpfs,destination=/mnt,size=lots").refusal("tmpfs: Bad value", "size");
        add(bundle, "type=tmpfs").refusal("destination=PATH");
        add(bundle, "type=tmpfs,destination=/").refusal("cannot be covered");
        remove(bundle, "/tmp").refusal("/tmp", "nothing is mounted there");
        remove(bundle, "/no/where").refusal("no such path");
        remove(bundle, "/").refusal("cannot be unmounted");
        bundle.confine("mounts", "add", "nobody", "-m", "type=tmpfs,destination=/x")
                .refusal("container does not exist", "nobody");
        bundle.confine("kill", bundle.id(), "KILL").success();
        LifecycleTest.stopped(bundle);
        add(bundle, "type=tmpfs,destination=/mnt").refusal("container not running");
        bundle.deleteByForce().success();
    }

    @AsEach
    @Requires("idmapped-mounts")
    void owners_ofAnIdmappedMount_areThoseOfTheContainer(As as) {
        if (as == As.USER) {
            return;
        }
        Path source = source(as, "source");
        Bundle bundle = Bundle.of(as).withoutUserNamespace().args("sleep", "100");
        bundle.run("--detach", "--map", "auto", "--idmap-rootfs").success();
        add(bundle, "type=bind,source=" + source + ",destination=/mnt,idmap").success();
        assertThat(bundle.confine("exec", bundle.id(), "stat", "-c", "%u", "/mnt/file")
                        .output())
                .isEqualTo("0");
        Path file = Scratch.write(
                Scratch.current().path("mounts.json"),
                "[{\"destination\":\"/own\",\"type\":\"bind\",\"source\":\"" + source
                        + "\",\"options\":[\"bind\"],\"uidMappings\":[{\"containerID\":0,\"hostID\":100000,\"size\":1}],"
                        + "\"gidMappings\":[{\"containerID\":0,\"hostID\":100000,\"size\":1}]}]");
        bundle.confine("mounts", "add", bundle.id(), file.toString()).success();
        assertThat(mounts(bundle)).contains(" /own ");
        bundle.deleteByForce().success();
    }

    // ---- a container that has changed its own files to reach the host

    @AsEach
    void destination_thatIsALink_staysInTheContainer(As as) throws IOException {
        Path outside = source(as, "outside");
        Bundle bundle = running(as);
        Files.createSymbolicLink(bundle.rootfs().resolve("way"), Path.of("../../../../../../../.." + outside));
        Files.createSymbolicLink(bundle.rootfs().resolve("host"), Path.of("/proc/1/root"));
        String host = Scratch.read(Path.of("/proc/self/mountinfo"));
        add(bundle, "type=tmpfs,destination=/way");
        add(bundle, "type=tmpfs,destination=/host/tmp");
        add(bundle, "type=tmpfs,destination=/host/" + outside);
        assertThat(Scratch.read(Path.of("/proc/self/mountinfo"))).isEqualTo(host);
        assertThat(Scratch.names(outside)).containsExactly("file");
        remove(bundle, "/host/proc");
        remove(bundle, "/host" + outside);
        assertThat(Scratch.read(Path.of("/proc/self/mountinfo"))).isEqualTo(host);
        bundle.deleteByForce().success();
    }

    /** It is the host's /proc that is used to unmount. */
    @AsEach
    void procOfTheContainer_isNotTrusted(As as) {
        Bundle bundle = Bundle.of(as).removeMount("/proc").args("sleep", "100");
        bundle.remove("/linux/maskedPaths").remove("/linux/readonlyPaths");
        bundle.mount("{destination: '/victim', type: 'tmpfs', source: 'x'}");
        bundle.run("--detach").success();
        add(bundle, "type=tmpfs,destination=/mnt").success();
        String plant =
                "mkdir -p /proc/self/fd; for n in 0 1 2 3 4 5 6 7 8 9 10 11 12; do ln -s /victim /proc/self/fd/$n; done";
        bundle.confine("exec", bundle.id(), "/bin/sh", "-c", plant).success();
        remove(bundle, "/mnt").success();
        assertThat(mounts(bundle)).contains(" /victim ").doesNotContain(" /mnt ");
        bundle.deleteByForce().success();
    }

    /** CVE-2021-30465 on a container that lives: the destination is swapped while it is resolved. */
    @AsEach
    void destination_thatIsSwapped_staysInTheContainer(As as) throws IOException {
        Host.require("python");
        Path outside = source(as, "outside");
        Bundle bundle = running(as);
        Files.createDirectories(bundle.rootfs().resolve("a/b"));
        Files.createSymbolicLink(bundle.rootfs().resolve("link"), Path.of("../../../../../../../.." + outside));
        String swap = """
                import ctypes, sys
                libc = ctypes.CDLL(None)
                a, b = (p.encode() for p in sys.argv[1:3])
                while True: libc.renameat2(-100, a, -100, b, 2)
                """;
        String host = Scratch.read(Path.of("/proc/self/mountinfo"));
        Command.Running attacker = Command.of(List.of(
                        "python3",
                        "-c",
                        swap,
                        bundle.rootfs().resolve("a").toString(),
                        bundle.rootfs().resolve("link").toString()))
                .start();
        try {
            for (int i = 0; i < 3; i++) {
                String[] mounts = new String[20];
                for (int n = 0; n < mounts.length; n++) {
                    mounts[n] = "type=tmpfs,destination=/a/b/made" + i + "-" + n;
                }
                add(bundle, mounts);
                remove(bundle, "/a/b/made" + i + "-0");
                assertThat(Scratch.names(outside)).containsExactly("file");
            }
        } finally {
            attacker.process().destroyForcibly();
            attacker.process().onExit().join();
        }
        assertThat(Scratch.read(Path.of("/proc/self/mountinfo"))).isEqualTo(host);
        bundle.deleteByForce().success();
    }
}
