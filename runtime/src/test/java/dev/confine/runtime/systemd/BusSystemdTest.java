package dev.confine.runtime.systemd;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.confine.ConfineException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.freedesktop.dbus.bin.EmbeddedDBusDaemon;
import org.freedesktop.dbus.connections.impl.DBusConnection;
import org.freedesktop.dbus.connections.impl.DBusConnectionBuilder;
import org.freedesktop.dbus.exceptions.DBusException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Speaks to a fake systemd through a real bus. */
@Timeout(60)
class BusSystemdTest {
    private static EmbeddedDBusDaemon daemon;
    private static DBusConnection connection;
    private static FakeManager.Answers manager;
    private static Systemd systemd;

    @BeforeAll
    static void connect(@TempDir Path directory) throws Exception {
        Path socket = directory.resolve("bus");
        long uid = ((Number) Files.getAttribute(directory, "unix:uid")).longValue();
        daemon = new EmbeddedDBusDaemon("unix:path=" + socket + ",listen=true");
        daemon.startInBackgroundAndWait();
        connection = patiently(() -> DBusConnectionBuilder.forAddress("unix:path=" + socket)
                .withShared(false)
                .build());
        manager = new FakeManager.Answers(connection);
        connection.requestBusName("org.freedesktop.systemd1");
        connection.exportObject(manager.getObjectPath(), manager);
        systemd = patiently(() -> new BusSystemd(new BusPlace(socket.toString(), uid, false)));
    }

    /** The library's bus hangs up on who comes while it is still starting. */
    private static <T> T patiently(Callable<T> connect) throws Exception {
        for (int attempt = 0; ; attempt++) {
            try {
                return connect.call();
            } catch (DBusException | ConfineException e) {
                if (attempt == 20) {
                    throw e;
                }
                Thread.sleep(200);
            }
        }
    }

    @AfterAll
    static void disconnect() throws Exception {
        systemd.close();
        connection.close();
        daemon.close();
    }

    @BeforeEach
    void forget() {
        manager.told.clear();
        manager.result = "done";
        manager.unitsThere = 0;
    }

    @Test
    void scope_isStarted_withItsProperties() {
        systemd.start(
                "c-1.scope",
                List.of(
                        UnitProperty.text("Slice", "a.slice"),
                        UnitProperty.flag("Delegate", true),
                        new UnitProperty("PIDs", "au", List.of(4711L)),
                        UnitProperty.number("MemoryMax", -1),
                        UnitProperty.bytes("AllowedCPUs", List.of(255L, 1L)),
                        new UnitProperty("DeviceAllow", "a(ss)", List.of(List.of("char-pts", "rw"))),
                        new UnitProperty("Names", "as", List.of("x", "y"))));
        assertThat(manager.told)
                .containsExactly("StartTransientUnit c-1.scope replace Slice:s=a.slice Delegate:b=true PIDs:au=[4711]"
                        + " MemoryMax:t=18446744073709551615 AllowedCPUs:ay=[-1, 1]"
                        + " DeviceAllow:a(ss)=[[char-pts, rw]] Names:as=[x, y]");
    }

    @Test
    void scope_thatDoesNotStart_isAnError() {
        manager.result = "failed";
        assertThatThrownBy(() -> systemd.start("c.scope", List.of()))
                .hasMessage("systemd failed at its job for c.scope: failed (see journalctl -u c.scope)");
    }

    @Test
    void scope_thatStillExists_isForgottenAndStarted() {
        manager.unitsThere = 2;
        systemd.start("c.scope", List.of());
        assertThat(manager.told)
                .containsExactly(
                        "ResetFailedUnit c.scope", "ResetFailedUnit c.scope", "StartTransientUnit c.scope replace");
    }

    @Test
    void manager_isAsked() {
        assertThat(systemd.version()).isEqualTo(252);
        assertThat(systemd.controlGroup()).isEqualTo("/user.slice/x");
    }

    @Test
    void unit_isChanged() {
        systemd.set("c.scope", List.of(UnitProperty.number("TasksMax", 5)));
        systemd.set("c.scope", List.of());
        systemd.attach("c.scope", "/", List.of(7L, 8L));
        assertThat(manager.told)
                .containsExactly(
                        "SetUnitProperties c.scope true TasksMax:t=5", "AttachProcessesToUnit c.scope / [7, 8]");
    }

    @Test
    void unit_thatIsNotThere_isStopped() {
        assertThatCode(() -> systemd.stop("c.scope")).doesNotThrowAnyException();
        assertThat(manager.told).containsExactly("StopUnit c.scope replace", "ResetFailedUnit c.scope");
    }

    @Test
    void socket_thatIsNotThere_isAnErrorWithACure() {
        assertThatThrownBy(() -> new BusSystemd(new BusPlace("/nowhere/bus", 0, false)))
                .hasMessageContaining("/nowhere/bus")
                .hasMessageContaining("--cgroup-manager cgroupfs");
    }
}
