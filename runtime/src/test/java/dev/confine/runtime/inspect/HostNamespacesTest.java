package dev.confine.runtime.inspect;

import static org.assertj.core.api.Assertions.assertThat;

import dev.confine.spec.NamespaceType;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Objects;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class HostNamespacesTest {
    private static final NamespaceId OURS = FakeProc.first(NamespaceType.USER);
    private static final NamespaceId INNER = new NamespaceId(NamespaceType.USER, 300);
    private static final NamespaceId LONELY = new NamespaceId(NamespaceType.USER, 400);
    private static final NamespaceId NET = new NamespaceId(NamespaceType.NETWORK, 500);
    private static final NamespaceId TIME = new NamespaceId(NamespaceType.TIME, 600);

    private final FakeRelations relations = new FakeRelations()
            .put(INNER, new NamespaceRelations(LONELY, LONELY, 1000))
            .put(LONELY, new NamespaceRelations(OURS, OURS, 1000));

    @TempDir
    private Path directory;

    private FakeProc host() {
        return new FakeProc(directory)
                .process(1, 0, 0, "init")
                .process(20, 1, 1000, "sh")
                .process(10, 20, 100000, "inner")
                .in(10, NamespaceType.USER, 300);
    }

    private HostNamespaces read(FakeProc fake) {
        return HostNamespaces.read(fake.proc(), relations);
    }

    private static Namespace find(HostNamespaces host, NamespaceId id) {
        return Objects.requireNonNull(host.find(id.inode()), id.toString());
    }

    @Test
    void namespace_ofProcesses_hasThemByPidAndTheirUsers() {
        HostNamespaces host = read(host());
        Namespace ours = find(host, OURS);
        assertThat(ours.processes()).extracting(ObservedProcess::pid).containsExactly(1L, 20L);
        assertThat(ours.users()).containsExactly(0L, 1000L);
        assertThat(Objects.requireNonNull(find(host, INNER).first()).pid()).isEqualTo(10);
        assertThat(find(host, FakeProc.first(NamespaceType.PID)).processes()).hasSize(3);
    }

    @Test
    void namespace_aboveAnother_isThereWithoutProcess() {
        Namespace lonely = find(read(host()), LONELY);
        assertThat(lonely.processes()).isEmpty();
        assertThat(lonely.first()).isNull();
        assertThat(lonely.relations().parent()).isEqualTo(OURS);
    }

    @Test
    void namespace_boundToFile_isThereWithoutProcess() {
        FakeProc fake = host().file("self/mountinfo", "9 1 0:4 net:[500] /run/netns/a rw - nsfs nsfs rw\n")
                .in(10, NamespaceType.MOUNT, 700)
                .file("10/mountinfo", "8 1 0:4 net:[500] /inner rw - nsfs nsfs rw\n7 1 0:5 / / rw - tmpfs none rw\n");
        assertThat(find(read(fake), NET).bound()).containsExactlyInAnyOrder("/run/netns/a", "/inner");
    }

    @Test
    void namespace_openInAProcess_isThereWithoutProcess() {
        FakeProc fake = host().link("20/fd/5", NET.toString())
                .link("20/fd/3", "socket:[77]")
                .link("10/fd/4", INNER.toString());
        HostNamespaces host = read(fake);
        assertThat(find(host, NET).open()).hasSize(1).allMatch(place -> place.endsWith("/20/fd/5"));
        assertThat(find(host, INNER).open()).isEmpty();
    }

    @Test
    void namespace_leftToChildren_isThereWithoutProcess() {
        FakeProc fake = host().link("20/ns/time_for_children", "time:[600]")
                .link(
                        "20/ns/pid_for_children",
                        FakeProc.first(NamespaceType.PID).toString());
        HostNamespaces host = read(fake);
        assertThat(find(host, TIME).forChildrenOf()).isEqualTo(20);
        assertThat(find(host, FakeProc.first(NamespaceType.PID)).forChildrenOf())
                .isZero();
    }

    @Test
    void process_thatEndsMeanwhile_isLeftOut() {
        FakeProc fake = host().file("30/cmdline", "gone\0")
                .process(31, 1, 0, "half")
                .file("31/status", "Name:\thalf\nState:\tZ (zombie)\n");
        HostNamespaces host = read(fake);
        assertThat(host.processes()).extracting(ObservedProcess::pid).containsExactly(1L, 10L, 20L);
        assertThat(host.unreadable()).isZero();
        assertThat(host.process(31)).isNull();
    }

    @Test
    void process_thatIsClosed_isCounted() throws IOException {
        FakeProc fake = host();
        Path closed = directory.resolve("20/ns");
        Files.setPosixFilePermissions(closed, PosixFilePermissions.fromString("---------"));
        try {
            Assumptions.assumeFalse(Files.isReadable(closed), "root reads everything");
            HostNamespaces host = read(fake);
            assertThat(host.unreadable()).isEqualTo(1);
            assertThat(host.process(20)).isNull();
        } finally {
            Files.setPosixFilePermissions(closed, PosixFilePermissions.fromString("rwx------"));
        }
    }

    @Test
    void host_thatIsThisOne_hasThisProcess() {
        HostNamespaces host = HostNamespaces.read(Proc.ofThisHost(), NamespaceRelations.ofThisHost());
        ObservedProcess own =
                Objects.requireNonNull(host.process(ProcessHandle.current().pid()));
        for (NamespaceId id : own.namespaces().values()) {
            assertThat(find(host, id).processes()).contains(own);
        }
    }
}
