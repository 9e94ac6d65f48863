package dev.confine.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** Mounts of every type, and their options, as /proc/self/mountinfo shows them inside; {@code config.md#mounts}. Binds are in {@link BindTest}. */
@Containers
final class MountTest {
    private static final String[] MOUNTINFO = {"cat", "/proc/self/mountinfo"};

    // ---- types

    @AsEach
    void generatedMounts_areAllThere(As as) {
        String info = Bundle.of(as).args(MOUNTINFO).output();
        assertThat(MountInfo.of(info, "/proc").type()).isEqualTo("proc");
        assertThat(MountInfo.of(info, "/dev").type()).isEqualTo("tmpfs");
        assertThat(MountInfo.of(info, "/dev/pts").type()).isEqualTo("devpts");
        assertThat(MountInfo.of(info, "/dev/shm").type()).isEqualTo("tmpfs");
        assertThat(MountInfo.of(info, "/dev/mqueue").type()).isEqualTo("mqueue");
        assertThat(MountInfo.of(info, "/sys").type()).isEqualTo("sysfs");
        assertThat(MountInfo.of(info, "/sys").options()).contains("ro", "nosuid", "nodev", "noexec");
    }

    @AsEach
    void tmpfs_takesItsOptions(As as) {
        Bundle bundle = Bundle.of(as)
                .mount(
                        "{destination: '/t', type: 'tmpfs', source: 'mine', options: ['size=64k', 'mode=711', 'nr_inodes=50', 'nosuid']}")
                .script("stat -c %a /t; grep ' /t ' /proc/self/mountinfo");
        String[] lines = bundle.output().split("\n");
        assertThat(lines[0]).isEqualTo("711");
        assertThat(lines[1]).contains("- tmpfs mine ");
        assertThat(MountInfo.parse(lines[1]).superblock()).contains("size=64k", "nr_inodes=50", "mode=711");
    }

    @AsEach
    void tmpfs_ownerIsAnIdOfTheContainer(As as) {
        Bundle bundle = Bundle.of(as)
                .mount("{destination: '/t', type: 'tmpfs', source: 'tmpfs', options: ['uid=1000', 'gid=1000']}")
                .args("stat", "-c", "%u:%g", "/t");
        assertThat(bundle.output()).isEqualTo("1000:1000");
    }

    @AsEach
    void devpts_isAnInstanceOfItsOwn(As as) {
        MountInfo pts = MountInfo.of(Bundle.of(as).args(MOUNTINFO).output(), "/dev/pts");
        assertThat(pts.superblock()).contains("ptmxmode=666");
        assertThat(Bundle.of(as, "listing").args("ls", "/dev/pts").output()).isEqualTo("ptmx");
    }

    @AsEach
    void unknownType_isRefusedByName(As as) {
        Bundle.of(as)
                .mount("{destination: '/t', type: 'nosuchfs', source: 'x'}")
                .run()
                .refusal("nosuchfs", "ENODEV", "/mounts/");
    }

    @AsEach
    void unknownOption_isRefusedByName(As as) {
        Bundle.of(as)
                .mount("{destination: '/t', type: 'tmpfs', source: 'x', options: ['nosuid', 'frobnicate']}")
                .run()
                .refusal("frobnicate", "/mounts/");
    }

    @AsEach
    void badValueOfAnOption_isRefusedByName(As as) {
        Bundle.of(as)
                .mount("{destination: '/t', type: 'tmpfs', source: 'x', options: ['size=much']}")
                .run()
                .refusal("size", "/mounts/");
    }

    @AsEach
    void sysfs_withoutANetworkNamespaceOfItsOwn_isThatOfTheHostReadOnly(As as) {
        Bundle bundle = Bundle.of(as).withoutNamespace("network");
        if (as == As.ROOT) {
            bundle.userNamespace("0:" + as.firstSubordinate() + ":65536");
        }
        String info = bundle.args(MOUNTINFO).output();
        assertThat(MountInfo.of(info, "/sys").type()).isEqualTo("sysfs");
        assertThat(MountInfo.of(info, "/sys").options()).contains("ro");
    }

    // ---- options

    @AsEach
    void attributes_areSet(As as) {
        Map<String, String> shown = new TreeMap<>(Map.of(
                "ro",
                "ro",
                "rw",
                "rw",
                "nosuid",
                "nosuid",
                "nodev",
                "nodev",
                "noexec",
                "noexec",
                "noatime",
                "noatime",
                "nodiratime",
                "nodiratime",
                "relatime",
                "relatime",
                "nosymfollow",
                "nosymfollow",
                "defaults",
                "rw"));
        shown.putAll(Map.of(
                "rro",
                "ro",
                "rnosuid",
                "nosuid",
                "rnodev",
                "nodev",
                "rnoexec",
                "noexec",
                "rnoatime",
                "noatime",
                "rnodiratime",
                "nodiratime",
                "rrelatime",
                "relatime",
                "rnosymfollow",
                "nosymfollow"));
        String info = tmpfsWithEach(as, shown.keySet());
        shown.forEach((word, option) ->
                assertThat(MountInfo.of(info, "/o/" + word).options()).as(word).contains(option));
    }

    @AsEach
    void strictAccessTimes_areShownByTheAbsenceOfOthers(As as) {
        String info = tmpfsWithEach(as, List.of("strictatime", "rstrictatime"));
        assertThat(MountInfo.of(info, "/o/strictatime").options()).doesNotContain("relatime", "noatime");
        assertThat(MountInfo.of(info, "/o/rstrictatime").options()).doesNotContain("relatime", "noatime");
    }

    @AsEach
    void words_thatUndoOthers_leaveTheDefault(As as) {
        List<String> words = List.of(
                "suid",
                "dev",
                "exec",
                "diratime",
                "atime",
                "norelatime",
                "nostrictatime",
                "symfollow",
                "async",
                "nolazytime",
                "silent",
                "loud",
                "nomand",
                "rsuid",
                "rdev",
                "rexec",
                "rdiratime",
                "ratime",
                "rnorelatime",
                "rnostrictatime",
                "rsymfollow",
                "rrw",
                "noiversion");
        String info = tmpfsWithEach(as, words);
        for (String word : words) {
            assertThat(MountInfo.of(info, "/o/" + word).options()).as(word).containsExactly("rw", "relatime");
        }
    }

    @AsEach
    void superblockFlags_areSet(As as) {
        Map<String, String> shown = Map.of("sync", "sync", "dirsync", "dirsync", "lazytime", "lazytime");
        String info = tmpfsWithEach(as, shown.keySet());
        shown.forEach(
                (word, option) -> assertThat(MountInfo.of(info, "/o/" + word).superblock())
                        .as(word)
                        .contains(option));
    }

    @AsEach
    void propagation_isSet(As as) {
        List<String> words =
                List.of("private", "rprivate", "shared", "rshared", "slave", "rslave", "unbindable", "runbindable");
        String info = tmpfsWithEach(as, words);
        for (String word : words) {
            List<String> shown = MountInfo.of(info, "/o/" + word).propagation();
            if (word.endsWith("shared")) {
                assertThat(shown).as(word).singleElement().asString().startsWith("shared:");
            } else if (word.endsWith("unbindable")) {
                assertThat(shown).as(word).containsExactly("unbindable");
            } else {
                assertThat(shown).as(word).isEmpty();
            }
        }
    }

    private static String tmpfsWithEach(As as, Iterable<String> words) {
        Bundle bundle = Bundle.of(as).mount("{destination: '/o', type: 'tmpfs', source: 'x'}");
        for (String word : words) {
            bundle.mount("{destination: '/o/" + word + "', type: 'tmpfs', source: 'x', options: ['" + word + "']}");
        }
        return bundle.args(MOUNTINFO).output();
    }

    @AsEach
    void laterWord_winsOverAnEarlierOne(As as) {
        Bundle bundle = Bundle.of(as)
                .mount(
                        "{destination: '/t', type: 'tmpfs', source: 'x', options: ['ro', 'noexec', 'rw', 'nosuid', 'suid']}")
                .args(MOUNTINFO);
        assertThat(MountInfo.of(bundle.output(), "/t").options()).containsExactly("rw", "noexec", "relatime");
    }

    @AsEach
    void remount_changesOptions(As as) {
        Bundle bundle = Bundle.of(as)
                .mount("{destination: '/t', type: 'tmpfs', source: 'x'}")
                .mount(
                        "{destination: '/t', type: 'none', source: 'none', options: ['remount', 'bind', 'ro', 'nosuid']}")
                .args(MOUNTINFO);
        assertThat(MountInfo.of(bundle.output(), "/t").options()).contains("ro", "nosuid");
    }

    @AsEach
    void remount_ofWhatIsNoMount_isRefused(As as) {
        Bundle.of(as)
                .mount("{destination: '/etc', type: 'none', source: 'none', options: ['remount', 'ro']}")
                .run()
                .refusal("remount /etc", "/mounts/");
    }

    // ---- places

    @AsEach
    void missingDestination_isMade(As as) {
        Bundle bundle = Bundle.of(as)
                .mount("{destination: '/a/b/c', type: 'tmpfs', source: 'x'}")
                .args(MOUNTINFO);
        assertThat(MountInfo.of(bundle.output(), "/a/b/c").type()).isEqualTo("tmpfs");
        assertThat(bundle.rootfs().resolve("a/b/c")).isDirectory();
    }

    @AsEach
    void relativeDestination_isBelowTheRoot(As as) {
        Bundle bundle = Bundle.of(as)
                .mount("{destination: 'a', type: 'tmpfs', source: 'x'}")
                .args(MOUNTINFO);
        assertThat(MountInfo.of(bundle.output(), "/a").type()).isEqualTo("tmpfs");
    }

    @AsEach
    void destinationAboveTheRoot_staysBeneathIt(As as) {
        Bundle bundle = Bundle.of(as)
                .mount("{destination: '/../../a', type: 'tmpfs', source: 'x'}")
                .args(MOUNTINFO);
        assertThat(MountInfo.of(bundle.output(), "/a").type()).isEqualTo("tmpfs");
    }

    @AsEach
    void destinationRoot_becomesTheRoot(As as) {
        Bundle bundle = Bundle.of(as);
        bundle.set(
                "/mounts",
                "[{destination: '/', type: 'bind', source: '" + bundle.rootfs()
                        + "', options: ['rbind', 'nosuid']}, {destination: '/proc', type: 'proc', source: 'proc'}]");
        String info = bundle.args(MOUNTINFO).output();
        assertThat(MountInfo.of(info, "/").options()).contains("nosuid");
    }

    @AsEach
    void order_isThatOfConfig(As as) {
        Bundle bundle = Bundle.of(as)
                .mount("{destination: '/t', type: 'tmpfs', source: 'lower'}")
                .mount("{destination: '/t/in', type: 'tmpfs', source: 'hidden'}")
                .mount("{destination: '/t', type: 'tmpfs', source: 'upper'}")
                .mount("{destination: '/t/in', type: 'tmpfs', source: 'inner'}")
                .script("grep -E ' /t(/in)? ' /proc/self/mountinfo | sed 's/.* - tmpfs //' | cut -d' ' -f1");
        assertThat(bundle.output().lines()).containsExactly("lower", "hidden", "upper", "inner");
    }

    /** The kernel lists them as they were made (Linux ≥ 6.8). */
    @Test
    @Requires("root")
    void order_ofBindsAndOthers_isToldAsInConfig() {
        Bundle bundle = Bundle.of(As.ROOT)
                .mount("{destination: '/m/1', type: 'tmpfs', source: 'x'}")
                .mount("{destination: '/m/2', source: '/etc', options: ['rbind', 'ro']}")
                .mount("{destination: '/m/3', type: 'tmpfs', source: 'x'}")
                .mount("{destination: '/m/4', source: '/etc', options: ['bind', 'shared']}")
                .script("grep -o ' /m/[0-9] ' /proc/self/mountinfo");
        assertThat(bundle.output().lines().map(String::strip)).containsExactly("/m/1", "/m/2", "/m/3", "/m/4");
    }

    @AsEach
    void sixtyMounts_areAllThere(As as) {
        Bundle bundle = Bundle.of(as).mount("{destination: '/t', type: 'tmpfs', source: 'x'}");
        for (int i = 0; i < 60; i++) {
            bundle.mount("{destination: '/t/" + i + "', type: 'tmpfs', source: 'x'}");
        }
        assertThat(bundle.script("grep -c ' /t/' /proc/self/mountinfo").output())
                .isEqualTo("60");
    }
}
