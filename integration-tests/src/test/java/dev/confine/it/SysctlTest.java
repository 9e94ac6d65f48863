package dev.confine.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;

/** Settings of the kernel, {@code config-linux.md#sysctl}. */
@Containers
final class SysctlTest {
    @AsEach
    void settingsOfTheContainersNamespaces_areSet(As as) {
        Bundle bundle = Bundle.of(as)
                .withNetwork()
                .set(
                        "/linux/sysctl",
                        "{'net.ipv4.ip_forward': '1', 'kernel.msgmax': '4096', 'net/ipv4/conf/lo/forwarding': '1'}");
        String files = "/proc/sys/net/ipv4/ip_forward /proc/sys/kernel/msgmax /proc/sys/net/ipv4/conf/lo/forwarding";
        assertThat(bundle.script("cat " + files).output()).isEqualTo("1\n4096\n1");
        assertThat(Scratch.read(Path.of("/proc/sys/kernel/msgmax")).strip()).isNotEqualTo("4096");
    }

    @AsEach
    void settingOfTheHost_isRefused(As as) {
        Bundle bundle = Bundle.of(as).withNetwork().set("/linux/sysctl", "{'kernel.panic': '77'}");
        bundle.run().refusals("kernel.panic", "/linux/sysctl");
        assertThat(Scratch.read(Path.of("/proc/sys/kernel/panic")).strip()).isNotEqualTo("77");
    }

    @AsEach
    void settingOfANamespaceThatIsNotNew_isRefused(As as) {
        String before = Scratch.read(Path.of("/proc/sys/net/ipv4/ip_forward"));
        Bundle bundle = Bundle.of(as).withoutNamespace("network").set("/linux/sysctl", "{'net.ipv4.ip_forward': '1'}");
        bundle.run().refusals("net.ipv4.ip_forward", "network", "/linux/sysctl");
        assertThat(Scratch.read(Path.of("/proc/sys/net/ipv4/ip_forward"))).isEqualTo(before);
    }

    @AsEach
    void settingThatClimbs_isRefused(As as) {
        Bundle.of(as)
                .withNetwork()
                .set("/linux/sysctl", "{'net/../kernel/panic': '77'}")
                .run()
                .refusals("net~1..~1kernel~1panic");
        Bundle.of(as, "second")
                .withNetwork()
                .set("/linux/sysctl", "{'net.ipv4.no_such_thing': '1'}")
                .run()
                .refusals("no_such_thing");
    }

    @AsEach
    void valueTheKernelDoesNotTake_isRefused(As as) {
        Bundle.of(as)
                .withNetwork()
                .set("/linux/sysctl", "{'net.ipv4.ip_forward': 'maybe'}")
                .run()
                .refusal("maybe", "EINVAL", "/linux/sysctl");
    }
}
