package dev.confine.runtime.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import dev.confine.runtime.doctor.Finding.Level;
import dev.confine.spi.Caller;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Each finding, on a host that is made of files. */
final class DoctorTest {
    @TempDir
    Path root = Path.of("/nowhere");

    private long uid = 1000;

    /** A host on which all is well. */
    @BeforeEach
    void make() {
        write("/proc/sys/kernel/osrelease", "6.18.1\n");
        write("/proc/sys/kernel/seccomp/actions_avail", "kill allow\n");
        write("/proc/sys/user/max_user_namespaces", "15000\n");
        for (String kind : List.of("user", "mnt", "pid", "net", "ipc", "uts", "cgroup", "time")) {
            write("/proc/self/ns/" + kind, "");
        }
        write("/proc/42/status", "Name:\tsh\nNoNewPrivs:\t0\nSeccomp:\t0\n");
        write("/proc/42/cgroup", "0::/user.slice/x\n");
        write("/proc/self/mountinfo", mount("/", "rw", "ext4") + mount("/proc", "rw", "proc"));
        write("/etc/passwd", "root:x:0:0::/root:/bin/sh\nana:x:1000:1000::/home/ana:/bin/sh\n");
        write("/etc/group", "root:x:0:\nana:x:1000:\n");
        write("/etc/subuid", "ana:100000:65536\n");
        write("/etc/subgid", "ana:100000:65536\n");
        write("/sys/fs/cgroup/cgroup.controllers", "cpu memory pids\n");
        write("/sys/fs/cgroup/user.slice/user-1000.slice/user@1000.service/cgroup.controllers", "cpu memory pids\n");
        write("/run/user/1000/bus", "");
    }

    private static String mount(String point, String options, String type) {
        return "1 2 8:1 / " + point + " " + options + " shared:1 - " + type + " dev rw\n";
    }

    private void write(String path, String text) {
        try {
            Path file = Path.of(root + path);
            Files.createDirectories(file.getParent());
            Files.writeString(file, text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private List<Finding> examine() {
        Caller caller = new Caller(42, uid, uid, List.of(), 022, 0, 0, "/", List.of(), Map.of());
        return Doctor.examine(new Patient(root.toString(), caller, "/opt/confine/bin/confine"), "/srv");
    }

    /** The one finding that says so; its level and its fix are as given. */
    private void finds(Level level, String what, String fix) {
        List<Finding> found = examine().stream()
                .filter(finding -> finding.what().contains(what))
                .toList();
        assertThat(found).as("%s", examine()).hasSize(1);
        assertThat(found.get(0).level()).isEqualTo(level);
        assertThat(found.get(0).fix()).contains(fix);
    }

    private static String options(String... without) {
        StringBuilder text = new StringBuilder("# a comment\n");
        for (String name : List.of("OVERLAY_FS", "POSIX_MQUEUE", "FUSE_FS", "CGROUP_BPF", "CFS_BANDWIDTH", "KEYS")) {
            text.append(
                    List.of(without).contains(name)
                            ? "# CONFIG_" + name + " is not set\n"
                            : "CONFIG_" + name + (name.equals("FUSE_FS") ? "=m\n" : "=y\n"));
        }
        return text.toString();
    }

    @Test
    void kernelOptions_areReadWhereTheyAre() throws IOException {
        finds(Level.OK, "neither /proc/config.gz nor /boot/config-6.18.1 can be read", "");
        write("/boot/config-6.18.1", options("CGROUP_BPF"));
        finds(Level.WARNING, "built without CGROUP_BPF, as /boot/config-6.18.1 says", "CONFIG_CGROUP_BPF=y");
        try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(Path.of(root + "/proc/config.gz")))) {
            out.write(options().getBytes(StandardCharsets.US_ASCII));
        }
        finds(Level.OK, "by /proc/config.gz the kernel has what containers use", "");
    }

    @Test
    void cgroup_thatIsNotTheUsers_isFound() throws IOException {
        Path service = Path.of(root + "/sys/fs/cgroup/user.slice/user-1000.slice/user@1000.service");
        Files.delete(service.resolve("cgroup.controllers"));
        Files.delete(service);
        finds(Level.WARNING, "the cgroup /user.slice/x is not yours", "loginctl enable-linger ana");
    }

    /** The helpers cannot be setuid root here. */
    private List<Finding> bad() {
        return examine().stream()
                .filter(finding ->
                        finding.level() != Level.OK && !finding.topic().startsWith("new"))
                .toList();
    }

    @Test
    void goodHost_hasNothingBad_forUserAndRoot() {
        assertThat(bad()).isEmpty();
        uid = 0;
        assertThat(bad()).isEmpty();
    }

    @Test
    void everyBadFinding_hasAFix() {
        write("/proc/sys/kernel/osrelease", "4.4.0\n");
        write("/proc/sys/user/max_user_namespaces", "0\n");
        write("/etc/subuid", "");
        write("/proc/self/mountinfo", mount("/proc/kcore", "ro", "tmpfs"));
        assertThat(examine())
                .anyMatch(finding -> finding.level() == Level.FAILURE)
                .allMatch(finding -> finding.fix().isEmpty() == (finding.level() == Level.OK));
    }

    @Test
    void kernel_oldOrWithoutNamespaces_fails() throws IOException {
        write("/proc/sys/kernel/osrelease", "5.11.22-generic\n");
        finds(Level.FAILURE, "the kernel is 5.11.22-generic", "5.12");
        Files.delete(Path.of(root + "/proc/self/ns/user"));
        finds(Level.FAILURE, "no user namespaces", "CONFIG_USER_NS=y");
        Files.delete(Path.of(root + "/proc/self/ns/time"));
        finds(Level.WARNING, "no time namespaces", "CONFIG_TIME_NS=y");
    }

    @Test
    void limits_ofNamespaces_areSaid() {
        write("/proc/sys/user/max_user_namespaces", "0\n");
        finds(Level.FAILURE, "user.max_user_namespaces is 0", "sysctl -w user.max_user_namespaces=");
        write("/proc/sys/user/max_user_namespaces", "3\n");
        finds(Level.WARNING, "only 3 user namespaces", "sysctl -w");
        write("/proc/sys/user/max_net_namespaces", "0\n");
        finds(Level.FAILURE, "no net namespaces", "sysctl -w user.max_net_namespaces=");
    }

    @Test
    void switches_againstOrdinaryUsers_failThem_andWarnRoot() {
        write("/proc/sys/kernel/unprivileged_userns_clone", "0\n");
        write("/proc/sys/kernel/apparmor_restrict_unprivileged_userns", "1\n");
        finds(Level.FAILURE, "unprivileged_userns_clone", "sysctl -w kernel.unprivileged_userns_clone=1");
        finds(Level.FAILURE, "AppArmor", "profile confine /opt/confine/bin/confine flags=(unconfined) { userns, }");
        uid = 0;
        finds(Level.WARNING, "unprivileged_userns_clone", "sysctl");
        finds(Level.WARNING, "AppArmor", "apparmor_parser -r");
        write("/etc/apparmor.d/confine", "");
        finds(Level.OK, "has a profile for confine", "");
    }

    @Test
    void helpers_missingOrWithoutPrivilege_fail() throws IOException {
        finds(Level.FAILURE, "newuidmap is not installed", "apt-get install uidmap");
        write("/usr/bin/newuidmap", "");
        finds(Level.FAILURE, "newuidmap is neither setuid root nor", "setcap cap_setuid+ep /usr/bin/newuidmap");
        Files.setPosixFilePermissions(
                Path.of(root + "/usr/bin/newuidmap"), PosixFilePermissions.fromString("rwxr-xr-x"));
        write("/proc/42/status", "NoNewPrivs:\t1\nSeccomp:\t2\n");
        finds(Level.FAILURE, "no_new_privs", "--map self");
        finds(Level.WARNING, "runs under a seccomp filter", "seccomp=unconfined");
    }

    @Test
    void ranges_missingSmallOverlappingOrOfRealIds_areSaid() {
        write("/etc/subuid", "bob:100000:65536\n");
        finds(Level.FAILURE, "ana has no range in /etc/subuid", "usermod --add-subuids 165536-231071 ana");
        write("/etc/subuid", "ana:100000:1000\n");
        finds(Level.WARNING, "ana has 1000 ids in /etc/subuid", "--add-subuids");
        write("/etc/subuid", "ana:100000:65536\nbob:165535:65536\n");
        finds(Level.WARNING, "overlaps that of bob from 165535 on", "--del-subuids 100000-165535 --add-subuids");
        write("/etc/group", "wheel:x:100001:\n");
        finds(Level.WARNING, "gid 100001 of wheel is in the range of ana", "choose another range in /etc/subgid");
        write("/etc/subgid", "ana:x\n");
        finds(Level.WARNING, "line 1 of /etc/subgid", "NAME:FIRST:COUNT");
    }

    @Test
    void cgroups_withoutDelegationOrOfV1_areSaid() throws IOException {
        Path given = Path.of(root + "/sys/fs/cgroup/user.slice/user-1000.slice/user@1000.service/cgroup.controllers");
        Files.writeString(given, "pids\n");
        finds(
                Level.WARNING,
                "not given the controllers memory, cpu".replace(",", ""),
                "Delegate=cpu cpuset io memory pids");
        Files.delete(Path.of(root + "/sys/fs/cgroup/cgroup.controllers"));
        write("/proc/self/mountinfo", mount("/", "rw", "ext4") + mount("/sys/fs/cgroup/pids", "rw", "cgroup"));
        finds(Level.WARNING, "cgroup v1", "systemd.unified_cgroup_hierarchy=1");
        uid = 0;
        finds(Level.OK, "cgroup v1", "");
    }

    @Test
    void session_withoutBusOrDirectory_isSaid() throws IOException {
        Files.delete(Path.of(root + "/run/user/1000/bus"));
        finds(Level.WARNING, "no session bus", "loginctl enable-linger ana");
        Files.delete(Path.of(root + "/run/user/1000"));
        finds(Level.WARNING, "/run/user/1000 is not there", "loginctl enable-linger ana");
    }

    @Test
    void coveredProc_failsUsers() {
        write("/proc/self/mountinfo", mount("/", "rw", "ext4") + mount("/proc/kcore", "ro", "tmpfs"));
        finds(Level.FAILURE, "/proc/kcore", "umount /proc/kcore");
        uid = 0;
        finds(Level.WARNING, "/proc/kcore", "umount");
    }

    @Test
    void fileSystem_withoutIdmappedMounts_isSaid() {
        write("/proc/self/mountinfo", mount("/", "rw", "nfs"));
        finds(Level.WARNING, "mounts of nfs", "confine chown-map");
    }
}
