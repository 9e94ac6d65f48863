package dev.confine.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;

/** {@code confine doctor} on this host. What it finds of others is shown by unit tests. */
@Containers
final class DoctorTest {
    @AsEach
    void host_thatRunsTheseTests_hasNoFailure(As as) {
        Bundle bundle = Bundle.of(as).write();
        JsonNode json = Config.parse(bundle.confine("doctor", "--json").output());
        assertThat(json.path("failures").asInt()).isZero();
        assertThat(json.path("uid").asLong()).isEqualTo(as.uid());
        assertThat(json.path("findings").findValuesAsText("topic")).contains("kernel", "newuidmap", "/etc/subuid");
    }

    @AsEach
    void tree_ofOwnersThatTheMapDoesNotHave_fails_untilItHasThem(As as) {
        Bundle bundle = Bundle.of(as)
                .userNamespace("0:" + as.firstSubordinate() + ":1000")
                .write();

        Result bad = bundle.confine(
                "doctor", "--json", "--bundle", bundle.directory().toString());

        assertThat(bad.exit()).isEqualTo(1);
        JsonNode json = Config.parse(bad.out());
        JsonNode owner = json.at("/bundle/unmapped/0");
        assertThat(owner.path("id").asLong()).isEqualTo(as.uid());
        assertThat(owner.path("files").asLong())
                .isEqualTo(json.at("/bundle/files").asLong());
        assertThat(json.toString()).contains("confine chown-map --bundle " + bundle.directory() + " --apply ");

        bundle.userNamespace("0:" + as.uid() + ":1").write();
        assertThat(bundle.confine("doctor", "--bundle", bundle.directory().toString())
                        .output())
                .contains("have ids in the container");
    }
}
