package dev.confine.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The devices and links of every container, {@code config-linux.md#default-devices}, and the host's own, which stay as they are. */
@Containers
final class DeviceTest {
    @AsEach
    void devices_work(As as) {
        String script =
                "set -e; echo x > /dev/null; head -c 3 /dev/zero | wc -c; head -c 5 /dev/urandom | wc -c; head -c 1 /dev/random | wc -c;"
                        + " if echo x > /dev/full; then echo wrong; fi; echo done";
        Result inside = Bundle.of(as).script(script).run().success();
        assertThat(inside.out()).isEqualTo("3\n5\n1\ndone\n");
        assertThat(inside.err()).contains("No space left on device");
    }

    @AsEach
    void devices_areThoseOfTheSpecification(As as) {
        String script = "for d in null zero full random urandom tty; do stat -c '%n %t:%T %F' /dev/$d; done";
        assertThat(Bundle.of(as).script(script).output().lines())
                .containsExactly(
                        "/dev/null 1:3 character special file",
                        "/dev/zero 1:5 character special file",
                        "/dev/full 1:7 character special file",
                        "/dev/random 1:8 character special file",
                        "/dev/urandom 1:9 character special file",
                        "/dev/tty 5:0 character special file");
    }

    @AsEach
    void links_leadWhereTheyShould(As as) {
        String script = "for l in fd stdin stdout stderr ptmx; do readlink /dev/$l; done";
        assertThat(Bundle.of(as).script(script).output().lines())
                .containsExactly("/proc/self/fd", "/proc/self/fd/0", "/proc/self/fd/1", "/proc/self/fd/2", "pts/ptmx");
    }

    @AsEach
    void ptmx_makesATerminal(As as) {
        assertThat(Bundle.of(as)
                        .script("exec 3<>/dev/ptmx; ls /dev/pts")
                        .output()
                        .lines())
                .contains("0", "ptmx");
    }

    @AsEach
    void ptmxOfTheHost_givesWayToTheContainersOwn(As as) {
        Bundle bundle = Bundle.of(as).set("/linux/devices", "[{path: '/dev/ptmx', type: 'c', major: 5, minor: 2}]");
        assertThat(bundle.args("readlink", "/dev/ptmx").output()).isEqualTo("pts/ptmx");
    }

    @AsEach
    void shm_isWritable(As as) {
        assertThat(Bundle.of(as).script("echo x > /dev/shm/x; cat /dev/shm/x").output())
                .isEqualTo("x");
    }

    @Test
    @Requires("root")
    void configuredDevices_areMadeWithTheirModeAndOwner() {
        Bundle bundle = Bundle.of(As.ROOT)
                .set(
                        "/linux/devices",
                        "[{path: '/dev/mine/null', type: 'c', major: 1, minor: 3, fileMode: 416, uid: 5, gid: 6},"
                                + " {path: '/dev/block', type: 'b', major: 259, minor: 4660},"
                                + " {path: '/dev/zero', type: 'u', major: 1, minor: 5, fileMode: 8576}]");
        assertThat(bundle.script("stat -c '%n %t:%T %a %u:%g %F' /dev/mine/null /dev/block /dev/zero")
                        .output()
                        .lines())
                .containsExactly(
                        "/dev/mine/null 1:3 640 5:6 character special file",
                        "/dev/block 103:1234 666 0:0 block special file",
                        "/dev/zero 1:5 600 0:0 character special file");
    }

    @AsEach
    void configuredDevice_inAUserNamespace_isTheHosts(As as) {
        Bundle bundle = Bundle.of(as)
                .userNamespace("0:" + as.firstSubordinate() + ":1000")
                .set("/linux/devices", "[{path: '/dev/null', type: 'c', major: 1, minor: 3}]")
                .script("stat -c '%t:%T' /dev/null; echo x > /dev/null");
        assertThat(bundle.output()).isEqualTo("1:3");
        if (as == As.ROOT) {
            // one with an id that is not mapped cannot be made for it
            bundle.set("/linux/devices", "[{path: '/dev/null', type: 'c', major: 1, minor: 3, uid: 5000}]");
            assertThat(bundle.output()).isEqualTo("1:3");
            return;
        }
        bundle.set("/linux/devices", "[{path: '/dev/zero', type: 'c', major: 1, minor: 3}]")
                .run()
                .refusal("/dev/zero", "ENODEV", "other numbers", "/linux/devices/0");
        bundle.set("/linux/devices", "[{path: '/dev/no-such-device', type: 'c', major: 1, minor: 3}]")
                .run()
                .refusal("/dev/no-such-device", "ENOENT", "the host has none", "/linux/devices/0");
    }

    @Test
    @Requires("root")
    void configuredDevice_inAUserNamespaceOfRoot_hasItsModeAndOwnerThere() throws IOException {
        Bundle bundle = Bundle.of(As.ROOT)
                .userNamespace("0:" + As.ROOT.firstSubordinate() + ":1000")
                .set(
                        "/linux/devices",
                        "[{path: '/dev/mine/zero', type: 'c', major: 1, minor: 5, fileMode: 422, uid: 5, gid: 6},"
                                + " {path: '/dev/block', type: 'b', major: 7, minor: 4660}]")
                .script("stat -c '%n %t:%T %a %u:%g %F' /dev/mine/zero /dev/block; head -c 3 /dev/mine/zero | wc -c;"
                        + " ls /dev/mine; echo x > /dev/mine/zero; cat /dev/block");
        Result result = bundle.run();
        assertThat(result.out().lines())
                .containsExactly(
                        "/dev/mine/zero 1:5 646 5:6 character special file",
                        "/dev/block 7:1234 666 0:0 block special file",
                        "3",
                        "zero");
        try (var left = Files.list(bundle.stateDirectory())) {
            assertThat(left).isEmpty();
        }
    }

    @AsEach
    void configuredPipe_isMade(As as) {
        Bundle bundle = Bundle.of(as)
                .set("/linux/devices", "[{path: '/run/some/pipe', type: 'p', fileMode: 384, uid: 12, gid: 13}]")
                .script("stat -c '%a %u:%g %F' /run/some/pipe");
        assertThat(bundle.output()).isEqualTo("600 12:13 fifo");
        assertThat(bundle.output()).isEqualTo("600 12:13 fifo");
    }

    @AsEach
    void configuredDevice_whereAnotherFileIs_isRefused(As as) {
        Bundle bundle = Bundle.of(as).set("/linux/devices", "[{path: '/etc/thing', type: 'c', major: 1, minor: 3}]");
        Scratch.write(bundle.rootfs().resolve("etc/thing"), "content");
        bundle.run().refusal("/etc/thing", "EEXIST", "another file", "/linux/devices/0");
        bundle.set("/linux/devices", "[{path: '/etc/thing', type: 'p'}]")
                .run()
                .refusal("/etc/thing", "EEXIST", "/linux/devices/0");
        assertThat(Scratch.read(bundle.rootfs().resolve("etc/thing"))).isEqualTo("content");
    }

    @AsEach
    void devices_areForEveryUser(As as) {
        Bundle bundle = Bundle.of(as)
                .set("/process/user", "{uid: 1000, gid: 1000}")
                .script("echo x > /dev/null && head -c 1 /dev/zero | wc -c");
        assertThat(bundle.output()).isEqualTo("1");
    }

    @AsEach
    void deviceOfTheHost_grantsNothingAsAFile(As as) {
        Bundle bundle = (as == As.ROOT ? Bundle.of(as).userNamespace("0:0:2000") : Bundle.of(as));
        assertThat(bundle.script("grep ' /dev/zero ' /proc/self/mountinfo").output())
                .contains(" ro,nosuid,noexec");
    }

    @Test
    void slashAfterTheNameOfADevice_meansNothing() {
        Bundle bundle = Bundle.of(As.ROOT).add("/linux/devices", "{path: '/dev/pipe//', type: 'p'}");
        bundle.add("/linux/devices", "{path: '//dev/zero/', type: 'c', major: 1, minor: 5, uid: 3}");
        assertThat(bundle.script("test -p /dev/pipe; stat -c '%t:%T %u' /dev/zero")
                        .output())
                .isEqualTo("1:5 3");
        bundle.set("/linux/devices", "[{path: '//', type: 'p'}]");
        bundle.run().refusal("/linux/devices/0/path", "name of a directory");
    }

    @AsEach
    void hostsNull_staysAsItIs(As as) throws IOException {
        hostsNullSurvives(Bundle.of(as));
    }

    /** Root inside is root outside, so it owns the host's device nodes that are bound into a user namespace. */
    @Test
    void hostsNull_rootMappedToRoot_staysAsItIs() throws IOException {
        hostsNullSurvives(Bundle.of(As.ROOT).userNamespace("0:0:2000"));
    }

    /** Inside, both /dev/null and a masked file may be the host's node. */
    private static void hostsNullSurvives(Bundle bundle) throws IOException {
        Map<String, Object> before = hostsNull();
        bundle.set("/linux/maskedPaths", "['/etc/passwd']")
                .script(
                        "for f in /dev/null /etc/passwd; do chmod 600 $f; chown 1000 $f; done; echo x > /dev/null && echo written");
        try {
            assertThat(bundle.run().out()).isEqualTo("written\n");
            assertThat(hostsNull()).isEqualTo(before).containsEntry("uid", 0).containsEntry("rdev", 0x103L);
        } finally {
            if (!hostsNull().equals(before)) {
                Command.run("chown", "0:0", "/dev/null");
                Command.run("chmod", "666", "/dev/null");
            }
        }
    }

    private static Map<String, Object> hostsNull() throws IOException {
        return Files.readAttributes(Path.of("/dev/null"), "unix:uid,gid,mode,rdev");
    }
}
