package dev.confine.backend.newuidmap;

import static org.assertj.core.api.Assertions.assertThat;

import dev.confine.idmap.FakeHost;
import dev.confine.spi.Availability;
import dev.confine.spi.Caller;
import dev.confine.spi.Callers;
import dev.confine.spi.ProgramPath;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProspectsTest {
    private static final Caller ANA = Callers.ordinary(1001);

    private final FakeHost host = FakeHost.withAna();
    private final FakeHelpers helpers;

    ProspectsTest(@TempDir Path directory) throws IOException {
        this.helpers = new FakeHelpers(directory).both();
    }

    private Availability availability(Caller caller) {
        return new Prospects(host, helpers.path()).of(caller);
    }

    @Test
    void all_isWell() {
        host.file("/proc/self/status", "Name:\tjava\nNoNewPrivs:\t0\n")
                .file("/proc/sys/user/max_user_namespaces", "100\n");
        assertThat(availability(ANA)).isEqualTo(Availability.yes());
    }

    @Test
    void withoutRange_isLimited() {
        assertThat(availability(Callers.ordinary(1002)))
                .isEqualTo(Availability.limited("no range for \"1002\" in /etc/subuid: only --map self"));
        host.file("/etc/subgid", "");
        assertThat(availability(ANA))
                .isEqualTo(Availability.limited("no range for \"ana\" in /etc/subgid: only --map self"));
    }

    @Test
    void withoutHelpers_isLimited() {
        assertThat(new Prospects(host, new ProgramPath(List.of("/nowhere"))).of(ANA))
                .isEqualTo(Availability.limited("newuidmap and newgidmap not installed: only --map self"));
    }

    @Test
    void withNoNewPrivileges_isLimited() {
        host.file("/proc/self/status", "Name:\tjava\nNoNewPrivs:\t1\n");
        assertThat(availability(ANA)).isEqualTo(Availability.limited("no_new_privs is set: only --map self"));
    }

    @Test
    void withoutUserNamespaces_isUnusable() {
        host.file("/proc/sys/user/max_user_namespaces", "0\n");
        assertThat(availability(ANA))
                .isEqualTo(Availability.no("user namespaces are turned off (sysctl user.max_user_namespaces is 0)"));
    }

    @Test
    void withoutUserNamespacesForOrdinaryUsers_isUsableForRootAlone() {
        host.file("/proc/sys/kernel/unprivileged_userns_clone", "0\n")
                .file("/etc/subuid", "root:5:5\n")
                .file("/etc/subgid", "0:5:5\n");
        assertThat(availability(ANA).usable()).isFalse();
        assertThat(availability(Callers.root())).isEqualTo(Availability.yes());
    }

    @Test
    void underAppArmorsRestriction_isLimited() {
        host.file("/proc/sys/kernel/apparmor_restrict_unprivileged_userns", "1\n");
        assertThat(availability(ANA).usable()).isTrue();
        assertThat(availability(ANA).reason()).startsWith("AppArmor restricts user namespaces");
    }

    @Test
    void pathOfAnOrdinaryUser_isSearchedAfterTheSystem_absolutePartsAlone() {
        Caller caller = withPath(1001, "/opt/bin:relative::/home/ana/bin:");
        assertThat(ProgramPath.of(caller).directories())
                .containsExactly(
                        "/usr/bin", "/bin", "/usr/sbin", "/sbin", "/usr/local/bin", "/opt/bin", "/home/ana/bin");
    }

    @Test
    void pathOfRoot_isNotSearched() {
        assertThat(ProgramPath.of(withPath(0, "/opt/bin")).directories())
                .doesNotContain("/opt/bin")
                .hasSize(5);
    }

    private static Caller withPath(long uid, String path) {
        return new Caller(1, uid, uid, List.of(), 0, 0, 0, "/", List.of(), Map.of("PATH", path));
    }
}
