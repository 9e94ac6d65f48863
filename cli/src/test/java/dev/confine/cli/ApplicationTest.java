package dev.confine.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.confine.spi.Caller;
import dev.confine.spi.Exit;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

@QuarkusTest
class ApplicationTest {
    @Inject
    Application application;

    private Exit answer(FakeSession session) {
        return application.answer(session);
    }

    @Test
    void version_isPrintedAndSucceeds() {
        FakeSession session = new FakeSession(FakeSession.user(Map.of(), "--version"));
        assertThat(answer(session)).isEqualTo(Exit.OK);
        assertThat(session.printed()).startsWith("confine version ");
    }

    @Test
    void unknownVerb_isOneLineAndFails() {
        FakeSession session = new FakeSession(FakeSession.user(Map.of(), "fly"));
        assertThat(answer(session)).isEqualTo(Exit.code(1));
        assertThat(session.complaints())
                .startsWith("confine: Unmatched argument")
                .endsWith("--help)\n");
    }

    @Test
    void list_ofAnEmptyStateDirectory_hasOnlyTheHeading() {
        FakeSession session = new FakeSession(FakeSession.user(Map.of(), "--root", "/nonexistent", "list"));
        assertThat(answer(session)).isEqualTo(Exit.OK);
        assertThat(session.printed()).isEqualTo("ID   PID   STATUS   BUNDLE   CREATED   OWNER\n");
    }

    @Test
    void level_unknown_isExplained() {
        FakeSession session = new FakeSession(FakeSession.user(Map.of(), "--log-level", "loud", "list"));
        assertThat(answer(session)).isEqualTo(Exit.code(1));
        assertThat(session.complaints()).contains("log level \"loud\" (--log-level) is unknown");
    }

    @Test
    void backends_withoutAStateDirectory_areListed() {
        Caller nobody =
                new Caller(1, 4_000_000_000L, 1, List.of(), 0, 0, 0, "/", List.of("backends", "--json"), Map.of());
        FakeSession session = new FakeSession(nobody);
        assertThat(answer(session)).isEqualTo(Exit.OK);
        assertThat(session.printed()).contains("\"name\": \"jnr\"").contains("\"usable\": false");
    }
}
