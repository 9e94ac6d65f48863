package dev.confine.cli.verb;

import static org.assertj.core.api.Assertions.assertThat;

import dev.confine.cli.FakeSession;
import dev.confine.cli.text.Screen;
import dev.confine.runtime.doctor.BundleExam;
import dev.confine.runtime.doctor.Finding;
import dev.confine.runtime.doctor.Finding.Level;
import dev.confine.runtime.host.OwnerCount;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class DoctorReportTest {
    private static final List<Finding> FINDINGS = List.of(
            new Finding("kernel", Level.OK, "the kernel is 6.18", ""),
            new Finding("/etc/subuid", Level.FAILURE, "ana has no range", "usermod ana"));

    @Test
    void json_followsTheSchema_withAndWithoutABundle() {
        Schema schema = Schema.ours("doctor");
        BundleExam exam = new BundleExam(7, List.of(new OwnerCount.Owner(false, 3, 7, "/x")), FINDINGS);
        String json = DoctorReport.json(FakeSession.user(Map.of()), FINDINGS, exam);
        assertThat(schema.errors(Schema.parse(json))).isEmpty();
        assertThat(Schema.parse(json).path("failures").asInt()).isEqualTo(1);
        assertThat(schema.errors(Schema.parse(DoctorReport.json(FakeSession.user(Map.of()), FINDINGS, null))))
                .isEmpty();
    }

    @Test
    void text_hasTheFixBelow_andTheSumAtTheEnd() {
        assertThat(DoctorReport.text(FINDINGS, null, Screen.PLAIN)).isEqualTo("""
                ok       kernel: the kernel is 6.18
                failure  /etc/subuid: ana has no range
                         usermod ana

                1 failure, no warnings.
                """);
    }

    @Test
    void manyOwners_areCut() {
        List<OwnerCount.Owner> owners = new ArrayList<>();
        for (int i = 0; i < 25; i++) {
            owners.add(new OwnerCount.Owner(true, i, 1, "/x"));
        }
        assertThat(DoctorReport.text(FINDINGS, new BundleExam(25, owners, List.of()), Screen.PLAIN))
                .contains("uid 19", "and 5 more ids")
                .doesNotContain("uid 20");
    }
}
