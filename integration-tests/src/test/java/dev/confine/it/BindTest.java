package dev.confine.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Bind mounts: sources on the host, destinations beneath the root, recursion; {@code config.md#mounts}. */
@Containers
final class BindTest {
    @AsEach
    void directory_isSeenAndWritten(As as) {
        Bundle bundle = Bundle.of(as);
        Path host = directory(bundle, "data");
        bundle.mount(bind(host, "/data")).script("cat /data/file; echo new > /data/made");
        assertThat(bundle.output()).isEqualTo("of the host");
        assertThat(host.resolve("made")).hasContent("new\n");
    }

    @AsEach
    void file_isSeen(As as) {
        Bundle bundle = Bundle.of(as);
        Path host = directory(bundle, "data").resolve("file");
        assertThat(bundle.mount(bind(host, "/etc/motd"))
                        .args("cat", "/etc/motd")
                        .output())
                .isEqualTo("of the host");
        assertThat(bundle.rootfs().resolve("etc/motd")).isEmptyFile();
    }

    @AsEach
    void destinationThatIsALinkToNothing_isMadeBeneathTheRoot(As as) throws IOException {
        Bundle bundle = Bundle.of(as);
        Path host = directory(bundle, "data").resolve("file");
        Files.createSymbolicLink(bundle.rootfs().resolve("etc/resolv.conf"), Path.of("../../../tmp/made"));
        bundle.mount(bind(host, "/etc/resolv.conf")).args("cat", "/etc/resolv.conf", "/tmp/made");
        assertThat(bundle.output()).isEqualTo("of the host\nof the host");
        assertThat(bundle.rootfs().resolve("tmp/made")).isEmptyFile();
    }

    @AsEach
    void readOnly_cannotBeWritten(As as) {
        Bundle bundle = Bundle.of(as);
        Path host = directory(bundle, "data");
        bundle.mount(bind(host, "/data", "ro")).script("touch /data/made");
        assertThat(bundle.run().err()).contains("Read-only file system");
        assertThat(host.resolve("made")).doesNotExist();
    }

    @AsEach
    void relativeSource_isInTheBundle(As as) {
        Bundle bundle = Bundle.of(as);
        directory(bundle, "data");
        bundle.mount("{destination: '/data', type: 'bind', source: 'data', options: ['bind']}")
                .args("cat", "/data/file");
        assertThat(bundle.output()).isEqualTo("of the host");
    }

    @AsEach
    void typeNone_withBindOption_isABind(As as) {
        Bundle bundle = Bundle.of(as);
        directory(bundle, "data");
        bundle.mount("{destination: '/data', type: 'none', source: 'data', options: ['rbind']}")
                .args("cat", "/data/file");
        assertThat(bundle.output()).isEqualTo("of the host");
    }

    @AsEach
    void missingSource_isRefused(As as) {
        Bundle bundle = Bundle.of(as);
        bundle.mount(bind(bundle.directory().resolve("nowhere"), "/data"))
                .run()
                .refusal(bundle.directory() + "/nowhere", "ENOENT", "/mounts/");
    }

    @AsEach
    void directoryOnAFile_isRefused(As as) {
        Bundle bundle = Bundle.of(as);
        bundle.mount(bind(directory(bundle, "data"), "/etc/passwd"))
                .run()
                .refusal("/etc/passwd", "a directory cannot be mounted on a file", "/mounts/");
    }

    @AsEach
    void fileOnADirectory_isRefused(As as) {
        Bundle bundle = Bundle.of(as);
        bundle.mount(bind(directory(bundle, "data").resolve("file"), "/etc"))
                .run()
                .refusal("/etc", "nor a file on a directory", "/mounts/");
    }

    @AsEach
    void unknownOption_isRefusedByName(As as) {
        Bundle bundle = Bundle.of(as);
        bundle.mount(bind(directory(bundle, "data"), "/data", "frobnicate"))
                .run()
                .refusal("frobnicate", "/mounts/");
    }

    /** A source behind a private directory of the caller's is opened by the caller, so the container needs no way to it. */
    @AsEach
    void sourceBehindAPrivateDirectory_isReached(As as) {
        Bundle bundle = Bundle.of(as).userNamespace("0:" + as.firstSubordinate() + ":65536");
        Path host = directory(bundle, "private/data");
        assertThat(bundle.rootfs().resolve("data").toFile().mkdir()).isTrue();
        Scratch.chmod(bundle.directory().resolve("private"), "rwx------");
        assertThat(bundle.mount(bind(host, "/data")).args("cat", "/data/file").output())
                .isEqualTo("of the host");
    }

    // ---- destinations that are symbolic links stay beneath the root

    @AsEach
    void absoluteLink_isResolvedBeneathTheRoot(As as) throws IOException {
        Bundle bundle = Bundle.of(as);
        Path outside = Scratch.current().directory("outside", as);
        Files.createDirectories(Path.of(bundle.rootfs() + outside.toString()));
        Files.createSymbolicLink(bundle.rootfs().resolve("data"), outside);
        bundle.mount(bind(directory(bundle, "data"), "/data")).args("cat", outside + "/file");
        assertThat(bundle.output()).isEqualTo("of the host");
        assertThat(Scratch.names(outside)).isEmpty();
    }

    @AsEach
    void linkUpwards_isResolvedBeneathTheRoot(As as) throws IOException {
        Bundle bundle = Bundle.of(as);
        Files.createDirectories(bundle.rootfs().resolve("tmp/there"));
        Files.createSymbolicLink(bundle.rootfs().resolve("data"), Path.of("../../../../../../tmp/there"));
        bundle.mount(bind(directory(bundle, "data"), "/data")).args("cat", "/tmp/there/file");
        assertThat(bundle.output()).isEqualTo("of the host");
        assertThat(Path.of("/tmp/there")).doesNotExist();
    }

    @AsEach
    void linkToWhatIsNotThere_isMadeBeneathTheRoot(As as) throws IOException {
        for (String target : List.of("/not/there", "../../../../not/there", "not/there", "other")) {
            Bundle bundle = Bundle.of(as);
            Files.createSymbolicLink(bundle.rootfs().resolve("data"), Path.of(target));
            Files.createSymbolicLink(bundle.rootfs().resolve("other"), Path.of("not//./there/"));
            bundle.mount(bind(directory(bundle, "data"), "/data/deeper/down"));
            assertThat(bundle.args("cat", "/not/there/deeper/down/file").output())
                    .as(target)
                    .isEqualTo("of the host");
            assertThat(Path.of("/not")).doesNotExist();
        }
    }

    @AsEach
    void linkToWhatIsNotThere_isMadeForAFileToo(As as) throws IOException {
        Bundle bundle = Bundle.of(as);
        Files.createSymbolicLink(bundle.rootfs().resolve("data"), Path.of("/not/there"));
        Path file = directory(bundle, "data").resolve("file");
        bundle.mount(bind(file, "/data")).args("cat", "/not/there");
        assertThat(bundle.output()).isEqualTo("of the host");
    }

    @AsEach
    void linkThroughWhatIsNotThere_isRefused(As as) throws IOException {
        Bundle bundle = Bundle.of(as);
        Files.createSymbolicLink(bundle.rootfs().resolve("data"), Path.of("/not/../there"));
        bundle.mount(bind(directory(bundle, "data"), "/data")).run().refusal("/data", "symbolic link", "/mounts/");
    }

    /** What is beneath another mount is not the image's, and its directories are made there. */
    @AsEach
    void linkIntoAnotherMount_isMadeThere(As as) throws IOException {
        Bundle bundle = Bundle.of(as);
        Files.createSymbolicLink(bundle.rootfs().resolve("lock"), Path.of("/scratch/lock"));
        bundle.mount("{destination: '/scratch', type: 'tmpfs', source: 'x'}");
        bundle.mount(bind(directory(bundle, "data"), "/lock/data")).args("cat", "/scratch/lock/data/file");
        assertThat(bundle.output()).isEqualTo("of the host");
        assertThat(Scratch.names(bundle.rootfs().resolve("scratch"))).isEmpty();
    }

    @AsEach
    void destinationThatRootOfTheContainerMayNotMake_isRefusedWithTheCure(As as) {
        Bundle bundle = Bundle.of(as).userNamespace("0:" + as.firstSubordinate() + ":65536");
        bundle.mount(bind(directory(bundle, "data"), "/data"))
                .run()
                .refusal("/data", "EACCES", "does not exist", "--idmap-rootfs", "/mounts/");
    }

    // ---- recursion

    @AsEach
    void rbind_bringsWhatIsMountedBeneath(As as) {
        Bundle bundle = Bundle.of(as);
        Path host = directory(bundle, "data");
        bundle.mount("{destination: '/data', type: 'bind', source: 'data', options: ['rbind']}")
                .script("cat /data/sub/inner");
        assertThat(bundle.run(withMountBeneath(as, host)).output()).isEqualTo("inner");
    }

    @Test
    void bind_ofRoot_leavesWhatIsMountedBeneath() {
        Bundle bundle = Bundle.of(As.ROOT);
        Path host = directory(bundle, "data");
        bundle.mount("{destination: '/data', type: 'bind', source: 'data', options: ['bind']}")
                .script("ls /data/sub");
        assertThat(bundle.run(withMountBeneath(As.ROOT, host)).output()).isEmpty();
    }

    @Test
    void bind_ofUser_overWhatIsMountedBeneath_isRefusedWithTheCure() {
        Bundle bundle = Bundle.of(As.USER);
        Path host = directory(bundle, "data");
        bundle.mount("{destination: '/data', type: 'bind', source: 'data', options: ['bind']}");
        bundle.run(withMountBeneath(As.USER, host)).refusal("EINVAL", "rbind", "/mounts/");
    }

    @AsEach
    void recursiveReadOnly_holdsBeneath(As as) {
        Bundle bundle = Bundle.of(as);
        Path host = directory(bundle, "data");
        bundle.mount("{destination: '/data', type: 'bind', source: 'data', options: ['rbind', 'rro', 'rnoexec']}");
        bundle.script("cat /proc/self/mountinfo");
        String info = bundle.run(withMountBeneath(as, host)).output();
        assertThat(MountInfo.of(info, "/data").options()).contains("ro", "noexec");
        assertThat(MountInfo.of(info, "/data/sub").options()).contains("ro", "noexec");
    }

    @AsEach
    void plainReadOnly_holdsForTheTopAlone(As as) {
        Bundle bundle = Bundle.of(as);
        Path host = directory(bundle, "data");
        bundle.mount("{destination: '/data', type: 'bind', source: 'data', options: ['rbind', 'ro']}");
        String info = bundle.script("cat /proc/self/mountinfo")
                .run(withMountBeneath(as, host))
                .output();
        assertThat(MountInfo.of(info, "/data").options()).contains("ro");
        assertThat(MountInfo.of(info, "/data/sub").options()).contains("rw");
    }

    // ---- propagation

    @Test
    void slave_seesWhatTheHostMounts_andTheHostNothingOfTheContainer() {
        assertThat(propagated("rslave")).contains("host's is there", "container's is not");
    }

    @Test
    void shared_worksBothWays() {
        assertThat(propagated("rshared")).contains("host's is there", "container's is there");
    }

    @Test
    void private_worksNeitherWay() {
        assertThat(propagated("rprivate")).contains("host's is not", "container's is not");
    }

    /** A mount namespace of its own plays the host, with a shared mount that the container binds. */
    private static String propagated(String word) {
        Bundle bundle = Bundle.of(As.ROOT)
                .set("/process/capabilities/bounding", "['CAP_SYS_ADMIN']")
                .set("/process/capabilities/effective", "['CAP_SYS_ADMIN']")
                .set("/process/capabilities/permitted", "['CAP_SYS_ADMIN']");
        Path host = directory(bundle, "data");
        bundle.mount("{destination: '/data', type: 'bind', source: 'data', options: ['rbind', '" + word + "']}");
        bundle.script(
                "mount -t tmpfs x /data/c && touch /data/c/mark /data/made; while ! [ -e /data/go ]; do usleep 10000; done;"
                        + " if [ -e /data/h/mark ]; then echo \"host's is there\"; else echo \"host's is not\"; fi");
        String host1 = "d=" + host + "; mount -t tmpfs x $d && mount --make-shared $d && mkdir $d/c $d/h; \"$@\" & "
                + "while ! [ -e $d/made ]; do sleep 0.01; done; mount -t tmpfs x $d/h; touch $d/h/mark;"
                + " if [ -e $d/c/mark ]; then echo \"container's is there\"; else echo \"container's is not\"; fi; touch $d/go; wait";
        return bundle.run(Confine.as(As.ROOT)
                        .via("unshare", "--mount", "--propagation", "private")
                        .viaShell(host1))
                .output();
    }

    /** Confine in a mount namespace where something is mounted in {@code sub} of the source. */
    private static Confine withMountBeneath(As as, Path source) {
        Host.require("root");
        String script = "mkdir " + source + "/sub && mount -t tmpfs x " + source + "/sub && echo inner > " + source
                + "/sub/inner && exec \"$@\"";
        return Confine.as(as).before("unshare", "--mount", "sh", "-c", script, "sh");
    }

    private static String bind(Path source, String destination, String... options) {
        StringBuilder words = new StringBuilder("'bind'");
        for (String option : options) {
            words.append(", '").append(option).append('\'');
        }
        return "{destination: '" + destination + "', type: 'bind', source: '" + source + "', options: [" + words + "]}";
    }

    private static Path directory(Bundle bundle, String name) {
        Path made = bundle.host(name);
        try {
            Files.createDirectories(made);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Scratch.write(made.resolve("file"), "of the host\n");
        Command.run(
                        "chown",
                        "-R",
                        bundle.as().uid() + ":" + bundle.as().uid(),
                        bundle.directory().toString())
                .success();
        return made;
    }

    @AsEach
    void options_forANewFileSystem_arePassedOver_withAWarning(As as) {
        Path data = Scratch.current().directory("data", as);
        Bundle bundle = Bundle.of(as).args("ls", "-d", "/data");
        bundle.mount("{destination: '/data', type: 'bind', source: '" + data
                + "', options: ['bind', 'size=1k', 'mode=755', 'sync']}");
        Result result = bundle.run().success();
        assertThat(result.out()).isEqualTo("/data\n");
        assertThat(result.err()).contains("warning", "[sync, size=1k, mode=755] of /data", "/options");
    }

    @AsEach
    void idmapOfAnotherForm_isRefused(As as) {
        Bundle bundle = Bundle.of(as);
        bundle.mount("{destination: '/data', type: 'bind', source: '/tmp', options: ['bind', 'idmap=uids=0-1']}");
        bundle.run().refusal("idmap=uids=0-1", "COUNT", "/options");
    }

    @Test
    void accessTimes_areKeptAsOptionsSay() {
        for (String word : List.of("noatime", "strictatime", "relatime", "rnoatime", "rstrictatime")) {
            Path data = Scratch.current().unused("data", As.ROOT);
            Bundle bundle = Bundle.of(As.ROOT, word).script("grep ' /data ' /proc/self/mountinfo");
            bundle.mount(bind(data, "/data", word));
            MountInfo info = MountInfo.parse(bundle.output());
            String shown = word.replaceFirst("^r(no|strict)", "$1");
            assertThat(info.options().contains("noatime")).as(word).isEqualTo(shown.equals("noatime"));
            assertThat(info.options().contains("relatime")).as(word).isEqualTo(shown.equals("relatime"));
        }
    }
}
