package dev.confine.runtime.socket;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.confine.ConfineException;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ListenerTest {
    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path directory;

    private String path() {
        return directory.resolve("engine.sock").toString();
    }

    @Test
    void connection_bothWays_carriesBytes() throws Exception {
        byte[] much = new byte[300_000];
        much[299_999] = 7;
        try (Listener listener = Listener.at(path());
                Connection caller = Objects.requireNonNull(Listener.connect(path()));
                Connection called = Objects.requireNonNull(listener.accept(1000))) {
            caller.out().write("to".getBytes(StandardCharsets.US_ASCII));
            assertThat(called.in().readNBytes(2)).isEqualTo("to".getBytes(StandardCharsets.US_ASCII));
            Thread writer = new Thread(() -> write(called, much));
            writer.start();
            assertThat(caller.in().readNBytes(much.length)).isEqualTo(much);
            writer.join();
        }
    }

    @Test
    void connection_whoseOtherEndIsGone_isAtItsEnd() throws IOException {
        try (Listener listener = Listener.at(path());
                Connection caller = Objects.requireNonNull(Listener.connect(path()))) {
            Objects.requireNonNull(listener.accept(1000)).close();
            assertThat(caller.in().read()).isEqualTo(-1);
            assertThatThrownBy(() -> caller.out().write(1)).hasMessageContaining("EPIPE");
        }
    }

    private static void write(Connection to, byte[] bytes) {
        try {
            to.out().write(bytes);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void peer_ofAConnection_isTheProcessThatConnected() throws IOException {
        long own = ProcessHandle.current().pid();
        try (Listener listener = Listener.at(path());
                Connection caller = Objects.requireNonNull(Listener.connect(path()));
                Connection called = Objects.requireNonNull(listener.accept(1000))) {
            assertThat(called.peer().pid()).isEqualTo(own);
            assertThat(called.peer().uid()).isEqualTo(Surroundings.of(own).uid());
            assertThat(called.peerLives()).isTrue();
            assertThat(caller.peer().pid()).isEqualTo(own);
        }
    }

    @Test
    void read_ofASilentCaller_endsInTime() throws IOException {
        try (Listener listener = Listener.at(path());
                Connection caller = Objects.requireNonNull(Listener.connect(path()));
                Connection called = Objects.requireNonNull(listener.accept(1000))) {
            called.patience(1);
            assertThatThrownBy(() -> called.in().read())
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("EAGAIN");
            caller.out().write(7);
            assertThat(called.in().read()).isEqualTo(7);
        }
    }

    @Test
    void listener_whenNobodyCalls_waitsNoLongerThanItIsTold() {
        try (Listener listener = Listener.at(path())) {
            assertThat(listener.accept(10)).isNull();
        }
        assertThat(Listener.connect(path())).isNull();
    }

    @Test
    void listener_inPlaceOfOneThatIsGone_isReached() throws IOException {
        Files.createFile(Path.of(path()));
        try (Listener listener = Listener.at(path())) {
            Objects.requireNonNull(Listener.connect(path())).close();
            assertThat(listener.accept(1000)).isNotNull();
        }
        assertThat(Path.of(path())).doesNotExist();
    }

    @Test
    void listener_whereNoneCanBe_saysWhy() {
        assertThatThrownBy(() -> Listener.at("/nowhere/engine.sock"))
                .isInstanceOf(ConfineException.class)
                .hasMessageContaining("/nowhere/engine.sock")
                .hasMessageContaining("ENOENT");
        assertThatThrownBy(() -> Listener.at("/" + "d".repeat(200))).hasMessageContaining("at most 107");
        assertThatThrownBy(() -> Listener.inherited(0)).isInstanceOf(ConfineException.class);
    }

    @Test
    void surroundings_ofAnotherProcess_differWhereTheyDo() throws Exception {
        Surroundings own = Surroundings.of(ProcessHandle.current().pid());
        Process same = new ProcessBuilder("sleep", "60").start();
        Process other = new ProcessBuilder("setpriv", "--no-new-privs", "sleep", "60").start();
        try {
            assertThat(own.difference(own.ofOther(same.pid()))).isEmpty();
            Surroundings found = own.ofOther(other.pid());
            for (int i = 0; i < 200 && own.difference(found).isEmpty(); i++) {
                Thread.sleep(20);
                found = own.ofOther(other.pid());
            }
            assertThat(own.difference(found)).isEqualTo("NoNewPrivs");
        } finally {
            same.destroyForcibly();
            other.destroyForcibly();
        }
        assertThatThrownBy(() -> Surroundings.of(Integer.MAX_VALUE)).isInstanceOf(IOException.class);
    }

    @Test
    void serviceManager_thatListens_isTold() throws IOException {
        new Supervisor("").ready();
        try (ServerSocketChannel wrong =
                ServerSocketChannel.open(StandardProtocolFamily.UNIX).bind(UnixDomainSocketAddress.of(path()))) {
            assertThatThrownBy(() -> new Supervisor(path()).ready()).hasMessageContaining("NOTIFY_SOCKET");
            assertThat(wrong.isOpen()).isTrue();
        }
    }
}
