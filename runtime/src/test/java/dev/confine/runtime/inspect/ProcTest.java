package dev.confine.runtime.inspect;

import static org.assertj.core.api.Assertions.assertThat;

import dev.confine.runtime.inspect.ProcessStatus.Ids;
import dev.confine.spec.NamespaceType;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ProcTest {
    private static final String STATUS = """
            Name:	sl:eep
            Umask:	0022
            State:	Z (zombie)
            Tgid:	42
            Pid:	42
            PPid:	7
            Uid:	1000	1001	1002	1003
            Gid:	2000	2001	2002	2003
            FDSize:	64
            Groups:	4 24 1000\s
            NStgid:	42	12	1
            NSpid:	42	12	1
            VmPeak:	    2492 kB
            Threads:	3
            CapInh:	0000000000000001
            CapPrm:	000001ffffffffff
            CapEff:	0000000000000003
            CapBnd:	8000000000000000
            CapAmb:	0000000000000004
            NoNewPrivs:	1
            """;

    @TempDir
    private Path directory;

    @Test
    void status_ofProcess_isReadWhole() {
        ProcessStatus status = ProcessStatus.parse(42, STATUS.getBytes(StandardCharsets.UTF_8));
        assertThat(status.name()).isEqualTo("sl:eep");
        assertThat(status.alive()).isFalse();
        assertThat(status.parent()).isEqualTo(7);
        assertThat(status.threads()).isEqualTo(3);
        assertThat(status.uids()).isEqualTo(new Ids(1000, 1001, 1002, 1003));
        assertThat(status.gids()).isEqualTo(new Ids(2000, 2001, 2002, 2003));
        assertThat(status.groups()).containsExactly(4L, 24L, 1000L);
        assertThat(status.innerPids()).containsExactly(42L, 12L, 1L);
        assertThat(status.innerPid()).isEqualTo(1);
        assertThat(status.capabilities())
                .isEqualTo(new ProcessStatus.CapabilitySets(1, 0x1ffffffffffL, 3, Long.MIN_VALUE, 4));
        assertThat(status.noNewPrivileges()).isTrue();
    }

    @Test
    void pids_ofTree_areThoseOfNumbers() {
        FakeProc fake = new FakeProc(directory).process(30, 1, 0, "b").process(4, 1, 0, "a");
        assertThat(fake.proc().pids()).containsExactly(4, 30);
    }

    @Test
    void command_withoutArguments_isTheNameInBrackets() {
        FakeProc fake = new FakeProc(directory).process(4, 1, 0, "kthreadd").file("4/cmdline", "");
        assertThat(fake.proc().command(4)).isEqualTo("[kthreadd]");
        fake.file("4/cmdline", "/bin/sh\0-c\0x y\0");
        assertThat(fake.proc().command(4)).isEqualTo("/bin/sh -c x y");
    }

    @Test
    void process_thatHasEnded_isNull() {
        Proc proc = new FakeProc(directory).proc();
        assertThat(proc.status(5)).isNull();
        assertThat(proc.command(5)).isNull();
        assertThat(proc.text(5, "cgroup")).isNull();
        assertThat(proc.namespace(5, "net")).isNull();
    }

    @Test
    void namespaces_ofThisProcess_areThoseOfItsLinks() {
        Proc proc = Proc.ofThisHost();
        long own = ProcessHandle.current().pid();
        for (NamespaceType type : NamespaceType.values()) {
            NamespaceId id = Objects.requireNonNull(proc.ownNamespace(type));
            assertThat(id.type()).isEqualTo(type);
            assertThat(proc.namespace(own, NamespaceId.file(type))).isEqualTo(id);
        }
        ProcessStatus status = Objects.requireNonNull(proc.status(own));
        assertThat(status.parent())
                .isEqualTo(ProcessHandle.current().parent().orElseThrow().pid());
    }

    @Test
    void link_thatIsNoNamespace_isNone() {
        assertThat(NamespaceId.parse("user:[12]")).isEqualTo(new NamespaceId(NamespaceType.USER, 12));
        assertThat(NamespaceId.parse("mnt:[12]")).hasToString("mnt:[12]");
        assertThat(NamespaceId.parse("socket:[12]")).isNull();
        assertThat(NamespaceId.parse("user:[x]")).isNull();
        assertThat(NamespaceId.parse("/")).isNull();
    }
}
