package dev.confine.it;

import static org.assertj.core.api.Assertions.assertThat;

/** What is in a network namespace when the program begins. */
@Containers
final class NetworkTest {
    @AsEach
    void loopbackOfANewNetwork_isUp(As as) {
        Bundle bundle = Bundle.of(as).withNetwork().script("busybox ip addr show lo; cat /proc/net/if_inet6");
        assertThat(bundle.output())
                .contains("<LOOPBACK,UP,LOWER_UP>", "inet 127.0.0.1/8", "00000000000000000000000000000001");
    }
}
