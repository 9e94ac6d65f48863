package dev.confine.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Namespaces made and joined, {@code config-linux.md#namespaces}. User namespaces are in {@link UserNamespaceTest}. */
@Containers
final class NamespaceTest {
    @AsEach
    void listedTypes_areNew(As as) {
        Bundle bundle =
                Bundle.of(as).withNetwork().withoutNamespace("cgroup").add("/linux/namespaces", "{type: 'cgroup'}");
        String inside = bundle.script("for n in pid net ipc uts mnt cgroup; do readlink /proc/self/ns/$n; done")
                .output();
        assertThat(inside.lines()).hasSize(6);
        for (String file : List.of("pid", "net", "ipc", "uts", "mnt", "cgroup")) {
            assertThat(inside).as(file).contains(file + ":[").doesNotContain(ofHost(file));
        }
    }

    @AsEach
    void typesNotListed_areTheCallers(As as) {
        Bundle bundle = Bundle.of(as)
                .withoutNamespace("ipc")
                .withoutNamespace("uts")
                .withoutNamespace("cgroup")
                .removeMount("/dev/mqueue")
                .remove("/hostname");
        String inside = bundle.script("for n in ipc uts cgroup; do readlink /proc/self/ns/$n; done")
                .output();
        assertThat(inside).contains(ofHost("ipc"), ofHost("uts"), ofHost("cgroup"));
    }

    @AsEach
    void timeNamespace_isNew(As as) {
        Bundle bundle = Bundle.of(as).add("/linux/namespaces", "{type: 'time'}").args("readlink", "/proc/self/ns/time");
        assertThat(bundle.output()).startsWith("time:[").isNotEqualTo(ofHost("time"));
    }

    @AsEach
    void hostname_isSetInside_andTheHostsStays(As as) {
        String before = Command.run("uname", "-n").output();
        Bundle bundle = Bundle.of(as).set("/hostname", "'inner'").set("/domainname", "'example.org'");
        assertThat(bundle.script("hostname; cat /proc/sys/kernel/domainname").output())
                .isEqualTo("inner\nexample.org");
        assertThat(Command.run("uname", "-n").output()).isEqualTo(before);
    }

    @AsEach
    void domainname_alsoAsASysctl_isTheSame(As as) {
        Bundle bundle = Bundle.of(as)
                .set("/domainname", "'example.org'")
                .set("/linux/sysctl", "{'kernel.domainname': 'example.com'}");
        bundle.run().refusal("/linux/sysctl/kernel.domainname", "/domainname");
        if (as == As.ROOT) {
            bundle.set("/linux/sysctl", "{'kernel.domainname': 'example.org'}");
            assertThat(bundle.script("cat /proc/sys/kernel/domainname").output())
                    .isEqualTo("example.org");
        }
    }

    @AsEach
    void hostname_withoutANamespaceForIt_isRefused(As as) {
        Bundle.of(as).withoutNamespace("uts").set("/hostname", "'inner'").run().refusals("/hostname", "uts");
    }

    @AsEach
    void network_hasALoopbackAlone(As as) {
        assertThat(Bundle.of(as).withNetwork().script("ls /sys/class/net").output())
                .isEqualTo("lo");
    }

    @AsEach
    void firstProcess_isOne(As as) {
        assertThat(Bundle.of(as).script("echo $$").output()).isEqualTo("1");
    }

    @AsEach
    void withoutPidNamespace_theProcessHasAPidOfTheHost(As as) {
        Bundle bundle =
                Bundle.of(as).withoutNamespace("pid").removeMount("/proc").script("echo $$");
        assertThat(Long.parseLong(bundle.output())).isGreaterThan(1);
    }

    @Test
    void withoutMountNamespace_theContainerHasItsMounts_andTheHostNone() {
        Bundle bundle = Bundle.of(As.ROOT)
                .withoutNamespace("mount")
                .script("readlink /proc/self/ns/mnt; stat -f -c %T /dev; cat /proc/mounts | wc -l; ls /");
        String before = Scratch.read(Path.of("/proc/self/mountinfo"));
        assertThat(bundle.output().lines().toList())
                .startsWith(ofHost("mnt"), "tmpfs", "0")
                .contains("bin", "proc");
        assertThat(Scratch.read(Path.of("/proc/self/mountinfo"))).isEqualTo(before);
    }

    @Test
    void withoutMountNamespace_theRestIsAsWithOne() {
        Bundle bundle = Bundle.of(As.ROOT)
                .withoutNamespace("mount")
                .add("/mounts", "{destination: '/shared', type: 'tmpfs', source: 'tmpfs', options: ['shared', 'ro']}")
                .set("/linux/maskedPaths", "['/proc/version', '/proc/sys']")
                .set("/linux/readonlyPaths", "['/proc/irq']")
                .set("/linux/rootfsPropagation", "'private'")
                .args("sleep", "100");
        bundle.run("--detach").success();
        assertThat(bundle.confine(
                                "exec",
                                bundle.id(),
                                "sh",
                                "-c",
                                "cat /proc/version; ls /proc/sys; echo 1 > /proc/irq/x; touch /shared/x; ls /")
                        .out())
                .contains("shared")
                .doesNotContain("Linux version");
        bundle.confine("mounts", "add", bundle.id(), "--mount", "type=tmpfs,destination=/mnt")
                .refusal("no mount namespace of its own");
        bundle.deleteByForce().success();
    }

    @Test
    void noNamespaceAtAll_isThatOfTheCaller() {
        Bundle bundle = Bundle.of(As.ROOT)
                .set("/linux/namespaces", "[]")
                .remove("/hostname")
                .args("sleep", "100");
        bundle.run("--detach").success();
        String links = bundle.confine(
                        "exec",
                        bundle.id(),
                        "sh",
                        "-c",
                        "for n in pid net ipc uts mnt cgroup; do readlink /proc/self/ns/$n; done")
                .success()
                .out();
        for (String file : List.of("pid", "net", "ipc", "uts", "mnt", "cgroup")) {
            assertThat(links).as(file).contains(ofHost(file));
        }
        bundle.deleteByForce().success();
    }

    @AsEach
    void userNamespaceWithoutMountNamespace_isRefused(As as) {
        Bundle bundle = Bundle.of(as).withoutNamespace("mount");
        if (as == As.ROOT) {
            bundle.add("/linux/namespaces", "{type: 'user'}")
                    .set("/linux/uidMappings", "[{containerID: 0, hostID: 100000, size: 65536}]")
                    .set("/linux/gidMappings", "[{containerID: 0, hostID: 100000, size: 65536}]");
        }
        bundle.run().refusals("mount namespace", "/linux/namespaces");
    }

    // ---- by path

    @AsEach
    void joinedNamespaces_areThoseOfTheOther(As as) {
        for (String type : List.of("network", "ipc", "uts", "pid")) {
            String file = type.equals("network") ? "net" : type;
            Bundle first = Bundle.of(as, "first-" + type)
                    .withNetwork()
                    .set("/hostname", "'first'")
                    .args("sleep", "100");
            first.run("--detach").success();
            Bundle second = joining(first, type, file, "second-" + type);
            assertThat(second.args("readlink", "/proc/self/ns/" + file).output())
                    .as(type)
                    .isEqualTo(link(Path.of("/proc/" + first.pid() + "/ns/" + file)));
            first.deleteByForce().success();
        }
    }

    @AsEach
    void joinedPidNamespace_seesTheOthersProcesses(As as) {
        Bundle first = Bundle.of(as, "first").args("sleep", "100");
        first.run("--detach").success();
        Bundle second = joining(first, "pid", "pid", "second");
        assertThat(second.script("cat /proc/1/cmdline").output()).contains("sleep");
        first.deleteByForce().success();
    }

    @AsEach
    void joinedMountNamespace_isARootOfItsOwnInIt(As as) {
        Bundle first = Bundle.of(as, "first").args("sleep", "100");
        first.run("--detach").success();
        Bundle second = joining(first, "mount", "mnt", "second");
        second.set("/root/path", "'" + second.rootfs() + "'");
        Result inside = second.args("echo", "here").run();
        // the other's mounts hide the host: the root file system is not to be found there, and that is said
        assertThat(inside.exit() == 0 || inside.err().contains("/root/path"))
                .as(inside.err())
                .isTrue();
        first.deleteByForce().success();
    }

    @AsEach
    void namespaceOfAnotherType_isRefused(As as) {
        Bundle bundle = Bundle.of(as).withoutNamespace("network");
        bundle.add("/linux/namespaces", "{type: 'network', path: '/proc/self/ns/ipc'}")
                .run()
                .refusal("/proc/self/ns/ipc", "another type", "/linux/namespaces/");
    }

    @AsEach
    void fileThatIsNoNamespace_isRefused(As as) {
        Bundle bundle = Bundle.of(as).withoutNamespace("network");
        bundle.add("/linux/namespaces", "{type: 'network', path: '/etc/passwd'}")
                .run()
                .refusal("/etc/passwd", "no namespace", "/linux/namespaces/");
    }

    @AsEach
    void missingNamespaceFile_isRefused(As as) {
        Bundle bundle = Bundle.of(as).withoutNamespace("network");
        bundle.add("/linux/namespaces", "{type: 'network', path: '/proc/self/ns/nothing'}")
                .run()
                .refusal("/proc/self/ns/nothing", "ENOENT", "/linux/namespaces/");
    }

    @AsEach
    void relativeNamespacePath_isRefused(As as) {
        Bundle bundle = Bundle.of(as).withoutNamespace("network");
        bundle.add("/linux/namespaces", "{type: 'network', path: 'net'}")
                .run()
                .refusals("absolute", "/linux/namespaces/");
    }

    @AsEach
    void repeatedType_isRefused(As as) {
        Bundle.of(as).add("/linux/namespaces", "{type: 'pid'}").run().refusals("pid", "/linux/namespaces/");
    }

    @AsEach
    void unknownType_isRefused(As as) {
        Bundle.of(as).add("/linux/namespaces", "{type: 'magic'}").run().refusals("magic", "/linux/namespaces/");
    }

    @Test
    void rootJoinsANamespaceOfTheHost() {
        String path = "/proc/" + ProcessHandle.current().pid() + "/ns/net";
        Bundle bundle = Bundle.of(As.ROOT).withoutNamespace("network");
        bundle.add("/linux/namespaces", "{type: 'network', path: '" + path + "'}");
        assertThat(bundle.args("readlink", "/proc/self/ns/net").output()).isEqualTo(ofHost("net"));
    }

    /** Another container of the same user namespace, so that its other namespaces may be joined. */
    private static Bundle joining(Bundle first, String type, String file, String name) {
        return join(Bundle.of(first.as(), name).remove("/hostname"), first, type, file);
    }

    static Bundle join(Bundle second, Bundle first, String type, String file) {
        String path = "/proc/" + first.pid() + "/ns/";
        second.withoutNamespace(type).add("/linux/namespaces", "{type: '" + type + "', path: '" + path + file + "'}");
        if (first.as() == As.USER) {
            second.withoutUserNamespace().add("/linux/namespaces", "{type: 'user', path: '" + path + "user'}");
        }
        return second;
    }

    private static String ofHost(String file) {
        return link(Path.of("/proc/self/ns/" + file));
    }

    static String link(Path file) {
        try {
            return Files.readSymbolicLink(file).toString();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
