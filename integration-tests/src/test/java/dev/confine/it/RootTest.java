package dev.confine.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The root file system, {@code config.md#root}. */
@Containers
final class RootTest {
    @AsEach
    void readonly_cannotBeWritten(As as) {
        Result inside = Bundle.of(as)
                .set("/root/readonly", "true")
                .script("touch /made; echo $?")
                .run();
        assertThat(inside.err()).contains("Read-only file system");
        assertThat(inside.out().strip()).isEqualTo("1");
    }

    @AsEach
    void writable_isWrittenToTheBundle(As as) throws IOException {
        Bundle bundle = Bundle.of(as).script("echo content > /made");
        bundle.output();
        assertThat(bundle.rootfs().resolve("made")).hasContent("content\n");
        assertThat(Files.getAttribute(bundle.rootfs().resolve("made"), "unix:uid"))
                .isEqualTo((int) as.uid());
    }

    @AsEach
    void missing_isRefused(As as) {
        Bundle.of(as).set("/root/path", "'nowhere'").run().refusal("nowhere", "does not exist", "/root/path");
    }

    @AsEach
    void file_isRefused(As as) {
        Bundle bundle = Bundle.of(as).set("/root/path", "'file'");
        Scratch.write(bundle.directory().resolve("file"), "");
        bundle.run().refusal("file", "no directory", "/root/path");
    }

    @AsEach
    void absent_isRefused(As as) {
        Bundle.of(as).remove("/root").run().refusals("/root");
    }

    @AsEach
    void symbolicLink_isFollowed(As as) throws IOException {
        Bundle bundle = Bundle.of(as).set("/root/path", "'link'");
        Files.createSymbolicLink(bundle.directory().resolve("link"), Path.of("rootfs"));
        assertThat(bundle.args("echo", "here").output()).isEqualTo("here");
    }

    @AsEach
    void absolutePath_isOnTheHost(As as) {
        Bundle bundle = Bundle.of(as);
        bundle.set("/root/path", "'" + bundle.rootfs() + "'");
        assertThat(bundle.args("echo", "here").output()).isEqualTo("here");
    }

    @AsEach
    void nothingOfTheHost_isSeen(As as) {
        String mounts = Bundle.of(as).args("cat", "/proc/self/mounts").output();
        assertThat(mounts.lines().map(line -> line.split(" ")[1]))
                .allMatch(target -> target.equals("/") || target.matches("/(proc|sys|dev)(/.*)?"));
    }

    @AsEach
    void parentOfRoot_isRoot(As as) {
        assertThat(Bundle.of(as).script("cd /..; pwd -P; ls -d /../../bin").output())
                .isEqualTo("/\n/../../bin");
    }
}
