package dev.confine.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Interfaces that are moved into a container, {@code config-linux.md#network-devices}: out of a network namespace that the test makes for itself. */
@Containers
final class NetDeviceTest {
    private static final String PAIR =
            "ip link add one mtu 1400 type veth peer name two; ip addr add 10.1.2.3/24 dev one; "
                    + "ip addr add fd00::5/64 dev one nodad; ip addr add 10.9.9.9/32 scope link dev one; ip link set lo up; ";

    @BeforeEach
    void needsIp() {
        Host.require("iproute");
    }

    private static Bundle bundle(String devices) {
        return Bundle.of(As.ROOT)
                .withNetwork()
                .set("/linux/netDevices", devices)
                .script("busybox ip addr");
    }

    /** Runs the container in a new network namespace, between two scripts. */
    private static Result run(Bundle bundle, String before, String after) {
        bundle.write();
        String line = String.join(" ", bundle.runWords());
        return Command.of(List.of("unshare", "-n", "sh", "-c", before + line + "; code=$?; " + after + "; exit $code"))
                .run();
    }

    @Test
    void device_isInsideByItsName_withItsAddresses_andUp() {
        Result result = run(bundle("{one: {name: 'eth7'}}"), PAIR, "ip -o link").success();
        String inside = result.out().substring(0, result.out().indexOf("\n1: lo", 1));
        assertThat(inside)
                .contains("eth7@", "mtu 1400", "inet 10.1.2.3/24 ", "inet6 fd00::5/64 scope global", ",UP")
                .doesNotContain("10.9.9.9");
        assertThat(result.out().substring(inside.length())).doesNotContain("eth7", ": one");
    }

    @Test
    void device_keepsItsName_orGetsANumber() {
        assertThat(run(bundle("{one: {}, two: {name: 'net%d'}}"), PAIR, "true")
                        .success()
                        .out())
                .contains(" one@net0: ", " net0@one: ");
    }

    @Test
    void device_isMovedToAUserNamespacesNetwork() {
        Bundle bundle = bundle("{one: {name: 'eth7'}}").userNamespace("0:100000:65536");
        assertThat(run(bundle, PAIR, "true").success().out()).contains("eth7@", "10.1.2.3/24");
    }

    @Test
    void nameThatIsTaken_isRefused_andNothingIsMoved() {
        Result result = run(bundle("{two: {}, one: {name: 'lo'}}"), PAIR, "ip -o link");
        result.refusal("EEXIST", "/linux/netDevices/one", "name");
        assertThat(result.out()).contains(" one@two: ", " two@one: ");
    }

    @Test
    void deviceThatIsNotThere_isRefused_andNothingIsMoved() {
        Result result = run(bundle("{one: {}, three: {}}"), PAIR, "ip -o link");
        result.refusal("ENODEV", "/linux/netDevices/three");
        assertThat(result.out()).contains(" one@two: ");
    }

    @Test
    void deviceThatCannotMove_isRefused() {
        run(bundle("{lo: {name: 'other'}}"), "", "true").refusal("EINVAL", "/linux/netDevices/lo");
    }

    @Test
    void networkOfTheCaller_isRefused() {
        Bundle bundle = bundle("{one: {name: 'other'}}").withoutNamespace("network");
        run(bundle, "", "true").refusal("network namespace", "/linux/netDevices");
        bundle.add("/linux/namespaces", "{type: 'network', path: '/proc/self/ns/net'}");
        Result result = run(bundle, PAIR, "ip -o link");
        result.refusal("EINVAL", "/linux/netDevices");
        assertThat(result.out()).contains(" one@two: ");
    }

    @Test
    void ordinaryUser_isRefused() {
        Bundle.of(As.USER)
                .withNetwork()
                .set("/linux/netDevices", "{one: {}}")
                .run()
                .refusal("uid", "/linux/netDevices");
    }
}
