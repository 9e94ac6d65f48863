package dev.confine.cli.verb;

import static org.assertj.core.api.Assertions.assertThat;

import dev.confine.runtime.doctor.Finding;
import dev.confine.runtime.doctor.Finding.Level;
import java.util.List;
import org.junit.jupiter.api.Test;

final class CacheProbeTest {
    private static Finding examine(String information, String... command) {
        return CacheProbe.examine(List.of(command), "/opt/confine/lib", "25.0.3", information);
    }

    @Test
    void cache_thatIsShared_isNamed() {
        Finding finding = examine("mixed mode, sharing", "/bin/java", "-XX:AOTCache=full-1.aot", "-cp", "x");
        assertThat(finding.level()).isEqualTo(Level.OK);
        assertThat(finding.what()).isEqualTo("java 25.0.3 uses full-1.aot");
        assertThat(examine("mixed mode, sharing", "/bin/java", "-XX:SharedArchiveFile=/c/full-1.jsa")
                        .what())
                .contains("uses /c/full-1.jsa");
    }

    @Test
    void cache_thatIsMissingOrRefused_isAWarningWithTheCommand() {
        Finding none = examine("mixed mode, sharing", "/bin/java", "-cp", "x");
        assertThat(none.level()).isEqualTo(Level.WARNING);
        assertThat(none.fix()).contains("/opt/confine/lib/find-java --renew", "confine.cache");
        Finding refused = examine("mixed mode", "/bin/java", "-XX:AOTCache=full-1.aot");
        assertThat(refused.level()).isEqualTo(Level.WARNING);
        assertThat(refused.what()).contains("refuses full-1.aot");
    }
}
