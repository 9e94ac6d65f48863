package dev.confine.runtime.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.confine.ConfineException;
import dev.confine.idmap.IdMap;
import dev.confine.idmap.IdMaps;
import dev.confine.runtime.config.DefaultSpec;
import dev.confine.spec.Mount;
import dev.confine.spec.Root;
import dev.confine.spec.Seccomp;
import dev.confine.spec.Spec;
import dev.confine.spec.Specs;
import dev.confine.spec.User;
import dev.confine.spi.Caller;
import dev.confine.spi.CreateRequest;
import dev.confine.state.ContainerId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PreflightTest {
    private static final IdMaps MAPS = new IdMaps(IdMap.of(0, 1000, 100), IdMap.of(0, 1000, 100));

    @TempDir
    Path bundle;

    @Test
    void filter_ofAProcessThatMayGainPrivileges_takesCapSysAdmin() {
        Seccomp allow = new Seccomp(Seccomp.Action.SCMP_ACT_ALLOW, null, List.of(), List.of(), "", "", List.of());
        Spec filtered = Specs.with(DefaultSpec.rootful(), "linux.seccomp", allow);
        Spec gaining = Specs.with(filtered, "process.noNewPrivileges", false);

        assertThatCode(() -> preflight(0, filtered, false).check()).doesNotThrowAnyException();
        assertThatThrownBy(() -> preflight(0, gaining, false).check())
                .hasMessageContaining("CAP_SYS_ADMIN")
                .hasMessageContaining("/linux/seccomp");
        Spec mapped = Specs.with(
                Specs.with(DefaultSpec.rootless(MAPS), "linux.seccomp", allow), "process.noNewPrivileges", false);
        assertThatCode(() -> preflight(0, mapped, false).check()).doesNotThrowAnyException();
    }

    @BeforeEach
    void makeRoot() throws IOException {
        Files.createDirectory(bundle.resolve("rootfs"));
    }

    private static Caller caller(long uid) {
        return new Caller(7, uid, uid, List.of(), 022, 0, 0, "/", List.of(), Map.of());
    }

    private Preflight preflight(long uid, Spec spec, boolean idmapRootfs) {
        return preflight(uid, spec, idmapRootfs, new SecurityModules(bundle.toString()));
    }

    private Preflight preflight(long uid, Spec spec, boolean idmapRootfs, SecurityModules modules) {
        CreateRequest request = new CreateRequest(
                ContainerId.parse("c"),
                bundle.toString(),
                spec,
                new byte[0],
                null,
                null,
                null,
                0,
                idmapRootfs,
                false,
                false);
        return new Preflight(caller(uid), request, spec.linux().uidMappings().isEmpty() ? null : MAPS, false, modules);
    }

    private static Spec labelled() {
        Spec spec = Specs.with(DefaultSpec.rootful(), "process.apparmorProfile", "web");
        return Specs.with(
                Specs.with(spec, "process.selinuxLabel", "u:r:web_t:s0"), "linux.mountLabel", "u:r:file_t:s0");
    }

    @Test
    void labels_onAHostWithoutTheModules_areRefusedByName() throws IOException {
        write("sys/module/apparmor/parameters/enabled", "N\n");
        write("proc/filesystems", "nodev\tsysfs\nnodev\tnoselinuxfs\n");

        assertThatThrownBy(() -> preflight(0, labelled(), false).check())
                .hasMessageContaining("AppArmor profile web: AppArmor is not enabled")
                .hasMessageContaining("/process/apparmorProfile")
                .hasMessageContaining("the process cannot have the SELinux label u:r:web_t:s0")
                .hasMessageContaining("/process/selinuxLabel")
                .hasMessageContaining("mounts cannot have the SELinux label u:r:file_t:s0")
                .hasMessageContaining("/linux/mountLabel");
    }

    @Test
    void labels_onAHostWithTheModules_pass() throws IOException {
        write("sys/module/apparmor/parameters/enabled", "Y\n");
        write("proc/filesystems", "nodev\tsysfs\nnodev\tselinuxfs\n\text4\n");

        assertThatCode(() -> preflight(0, labelled(), false).check()).doesNotThrowAnyException();
    }

    private void write(String path, String text) throws IOException {
        Files.createDirectories(bundle.resolve(path).getParent());
        Files.writeString(bundle.resolve(path), text);
    }

    private static Spec withUser(Spec spec, User user) {
        return spec.withProcess(Objects.requireNonNull(spec.process()).withUser(user));
    }

    @Test
    void what_spec_writes_passes() {
        assertThatCode(() -> preflight(0, DefaultSpec.rootful(), false).check()).doesNotThrowAnyException();
        assertThatCode(() -> preflight(1000, DefaultSpec.rootless(MAPS), false).check())
                .doesNotThrowAnyException();
    }

    @Test
    void an_ordinary_user_without_a_user_namespace_is_told_what_to_write() {
        assertThatThrownBy(() -> preflight(1000, DefaultSpec.rootful(), false).check())
                .hasMessageContaining("uid 1000")
                .hasMessageContaining("--map auto");
    }

    @Test
    void an_unmapped_user_is_refused_with_the_map() {
        Spec spec = withUser(DefaultSpec.rootless(MAPS), new User(100, 0, null, List.of(99L, 500L)));

        assertThatThrownBy(() -> preflight(0, spec, false).check())
                .hasMessageContaining("uid 100 is not mapped")
                .hasMessageContaining("0 to 99")
                .hasMessageContaining("/process/user/uid")
                .hasMessageContaining("/process/user/additionalGids/1");
    }

    @Test
    void a_missing_root_and_a_file_as_root_are_named() throws IOException {
        Files.createFile(bundle.resolve("file"));
        Spec spec = DefaultSpec.rootful();

        assertThatThrownBy(() -> preflight(0, spec.withRoot(new Root("nope", false)), false)
                        .check())
                .hasMessageContaining(bundle + "/nope does not exist");
        assertThatThrownBy(() -> preflight(0, spec.withRoot(new Root("file", false)), false)
                        .check())
                .hasMessageContaining(bundle + "/file is no directory");
        assertThatThrownBy(() -> preflight(0, spec.withRoot(null), false).check())
                .hasMessageContaining("/root)");
    }

    @Test
    void idmapped_mounts_need_root_and_a_map() {
        Mount mount = new Mount("/mnt", "bind", "/src", List.of("bind", "idmap"));

        assertThatThrownBy(() -> preflight(0, DefaultSpec.rootful().withMounts(List.of(mount)), false)
                        .check())
                .hasMessageContaining("no user namespace whose map");
        assertThatThrownBy(
                        () -> preflight(1000, DefaultSpec.rootless(MAPS), true).check())
                .hasMessageContaining("--idmap-rootfs");
    }

    @Test
    void all_problems_are_said_at_once() {
        Spec spec = DefaultSpec.rootful().withRoot(null).withProcess(null);

        assertThatThrownBy(() -> preflight(1000, spec, true).check())
                .isInstanceOfSatisfying(
                        ConfineException.class,
                        e -> assertThat(e.getMessage().lines()).hasSize(4));
    }
}
