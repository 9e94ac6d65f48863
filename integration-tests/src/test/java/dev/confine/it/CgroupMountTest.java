package dev.confine.it;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** The mount of type cgroup: what a container sees of its cgroups, and what it may do there. */
@Containers
final class CgroupMountTest {
    private static final String MOUNT =
            "{destination: '/sys/fs/cgroup', type: 'cgroup', source: 'cgroup', options: ['%s', 'nosuid', 'nodev', 'noexec']}";

    @Test
    void mount_showsTheContainersOwn_andNoOther() {
        Bundle bundle = Cgroup.bundle("shown/here")
                .add("/mounts", MOUNT.formatted("ro"))
                .set("/linux/resources", "{pids: {limit: 50}}");
        String script =
                "cd /sys/fs/cgroup; cat pids/pids.max pids.max 2>&-; find . -name here; find . -name cgroup.procs | xargs grep -Lx $$;"
                        + " mkdir x pids/x 2>&-; grep ' /sys/fs/cgroup' /proc/mounts | grep -v ' ro,nosuid,nodev,noexec'";
        assertThat(bundle.script(script + "; :").output()).isEqualTo("50");
    }

    @Test
    void mount_thatMayBeWritten_takesCgroupsBelow_whichGoWithTheContainer() {
        Bundle bundle = Cgroup.bundle("written").add("/mounts", MOUNT.formatted("rw"));
        String script = "cd /sys/fs/cgroup; [ -d pids ] && cd pids; mkdir below && echo $$ >below/cgroup.procs"
                + " && grep /written/below /proc/self/cgroup >/result";
        bundle.script(script).create().success();
        bundle.confine("start", bundle.id()).success();
        Eventually.holds("it stops", () -> bundle.status().equals("stopped"));
        assertThat(bundle.rootfs().resolve("result")).isNotEmptyFile();
        bundle.confine("delete", bundle.id()).success();
        Cgroup.assertGone(Cgroup.path(""));
    }

    @Test
    void cgroupsThatTheContainerMade_goWithIt_inTheForegroundToo() {
        Bundle bundle = Cgroup.bundle("made").add("/mounts", MOUNT.formatted("rw"));
        String script = "cd /sys/fs/cgroup; for d in $(find . -maxdepth 1 -type d); do"
                + " mkdir -p $d/a/b/c $d/a/d $d/.e/f 2>&-; done; cd pids 2>&- || :; ls -d a/b/c .e/f";
        assertThat(bundle.script(script).output()).contains("a/b/c");
        Cgroup.assertGone(Cgroup.path(""));
    }

    @Test
    void cgroupOfV2_isTheContainersUsers_whereItMayBeWritten() {
        Bundle bundle = Cgroup.bundle("owned")
                .userNamespace("0:500000:1000")
                .add("/linux/namespaces", "{type: 'cgroup'}")
                .script(
                        "cd /sys/fs/cgroup; [ -d unified ] && cd unified; stat -c '%n %u' . cgroup.procs cgroup.type; mkdir a");
        Command.run("chown", "-R", "500000:500000", bundle.rootfs().toString()).success();
        bundle.add("/mounts", MOUNT.formatted("rw"));
        assertThat(bundle.output()).startsWith(". 0\ncgroup.procs 0\ncgroup.type 65534");
        bundle.removeMount("/sys/fs/cgroup").add("/mounts", MOUNT.formatted("ro"));
        assertThat(bundle.run().out()).startsWith(". 65534\ncgroup.procs 65534");
        Cgroup.assertGone(Cgroup.path(""));
    }

    @AsEach
    void mount_inAUserNamespace_showsThemToo(As as) {
        Bundle bundle = Bundle.of(as).add("/mounts", MOUNT.formatted("ro"));
        assertThat(bundle.script("cd /sys/fs/cgroup; find . -name cgroup.procs | wc -l")
                        .output())
                .isNotEqualTo("0");
    }
}
