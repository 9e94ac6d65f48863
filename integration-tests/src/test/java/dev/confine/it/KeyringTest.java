package dev.confine.it;

import static org.assertj.core.api.Assertions.assertThat;

/** The session keyring: a container has one of its own, whose name leads processes that are added to it. */
@Containers
final class KeyringTest {
    private static Bundle withKeys(As as) {
        // those of containers that have ended are seen for a while
        return Bundle.of(as).id("keys-" + System.nanoTime()).set("/linux/maskedPaths", "[]");
    }

    @AsEach
    void container_hasASessionKeyringOfItsOwn(As as) {
        Bundle bundle = withKeys(as).args("cat", "/proc/keys");
        String keys = bundle.output();
        String search = as == As.ROOT ? "3f1b0000" : "3f1b0008";
        assertThat(keys.lines().filter(line -> line.contains(" _ses." + bundle.id())))
                .singleElement()
                .asString()
                .contains(search, "keyring");
    }

    @AsEach
    void container_onRequest_keepsTheCallers(As as) {
        assertThat(withKeys(as)
                        .args("cat", "/proc/keys")
                        .run("--no-new-keyring")
                        .success()
                        .out())
                .doesNotContain("_ses.keys-");
    }

    @AsEach
    void addedProcess_joinsIt(As as) {
        Bundle bundle = withKeys(as).args("sleep", "1000");
        bundle.run("--detach").success();
        try {
            String keys =
                    bundle.confine("exec", bundle.id(), "cat", "/proc/keys").output();
            assertThat(keys.lines().filter(line -> line.contains(" _ses." + bundle.id())))
                    .hasSize(1);
        } finally {
            bundle.deleteByForce().success();
        }
    }

    @AsEach
    void addedProcess_keepsTheCallers_whereTheContainerDid(As as) {
        Bundle bundle = withKeys(as).args("sleep", "1000");
        bundle.run("--detach", "--no-new-keyring").success();
        assertThat(bundle.confine("exec", bundle.id(), "cat", "/proc/keys")
                        .success()
                        .out())
                .doesNotContain(" _ses." + bundle.id());
        bundle.deleteByForce().success();
    }
}
