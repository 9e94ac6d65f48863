package dev.confine.cli.verb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.confine.cli.FakeSession;
import dev.confine.cli.report.Reporter;
import dev.confine.runtime.Backends;
import dev.confine.spi.CgroupDriver;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class SubjectTest {
    private final long own = ProcessHandle.current().pid();
    private final FakeSession session = new FakeSession(FakeSession.user(Map.of()));

    @TempDir
    private Path directory;

    @BeforeEach
    void bundle() throws IOException {
        Files.createDirectories(directory.resolve("bundle"));
        Files.writeString(directory.resolve("bundle/config.json"), "{}");
    }

    private Subject of(String word) {
        return Subject.of(
                word,
                new Workplace(
                        session,
                        directory.resolve("state").toString(),
                        Reporter.plain(session),
                        Backends.AUTO,
                        CgroupDriver.CGROUPFS,
                        Backends.installed(SubjectTest.class.getClassLoader())));
    }

    @Test
    void number_ofProcess_isThatProcess() {
        Subject subject = of(Long.toString(own));
        assertThat(subject.pid()).isEqualTo(own);
        assertThat(subject.bundle()).isNull();
    }

    @Test
    void directory_withConfiguration_isABundle() {
        Subject subject = of(directory + "/./bundle/");
        assertThat(subject.bundle()).isEqualTo(directory + "/bundle");
        assertThat(subject.pid()).isZero();
    }

    @Test
    void word_thatMeansNothing_isRefused() {
        assertThatThrownBy(() -> of("nobody")).hasMessageContaining("\"nobody\" is neither");
        assertThatThrownBy(() -> of("2147483647")).hasMessageContaining("ESRCH");
        assertThatThrownBy(() -> of(directory.toString())).hasMessageContaining("nor a bundle");
    }
}
