package dev.confine.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Paths that are hidden or read-only, {@code config-linux.md#masked-paths}. */
@Containers
final class PathsTest {
    @AsEach
    void maskedFile_isEmpty(As as) {
        Bundle bundle =
                Bundle.of(as).set("/linux/maskedPaths", "['/etc/passwd']").script("cat /etc/passwd; echo $?");
        assertThat(bundle.output()).isEqualTo("0");
    }

    @AsEach
    void maskedDirectory_isEmptyAndReadOnly(As as) {
        Bundle bundle = Bundle.of(as).set("/linux/maskedPaths", "['/etc']").script("ls -A /etc; touch /etc/x");
        Result inside = bundle.run();
        assertThat(inside.out()).isEmpty();
        assertThat(inside.err()).contains("Read-only file system");
    }

    @AsEach
    void maskedPath_thatIsMissing_isNoError(As as) {
        Bundle bundle = Bundle.of(as).set("/linux/maskedPaths", "['/no/such', '/etc/passwd/below']");
        assertThat(bundle.args("echo", "fine").output()).isEqualTo("fine");
    }

    @AsEach
    void maskedPath_throughALink_isTheTargetWithinTheRoot(As as) throws IOException {
        Bundle bundle = Bundle.of(as).set("/linux/maskedPaths", "['/link']");
        Files.createSymbolicLink(bundle.rootfs().resolve("link"), Path.of("/etc/passwd"));
        assertThat(bundle.script("cat /etc/passwd; echo $?").output()).isEqualTo("0");
    }

    @AsEach
    void readonlyPath_isReadOnlyAndReadable(As as) {
        Bundle bundle =
                Bundle.of(as).set("/linux/readonlyPaths", "['/etc']").script("head -n 1 /etc/passwd; touch /etc/x");
        Result inside = bundle.run();
        assertThat(inside.out()).startsWith("root:x:0:0");
        assertThat(inside.err()).contains("Read-only file system");
    }

    @AsEach
    void readonlyPath_ofProc_cannotBeWritten(As as) {
        Bundle bundle =
                Bundle.of(as).set("/linux/readonlyPaths", "['/proc/sys']").script("echo x > /proc/sys/kernel/hostname");
        assertThat(bundle.run().err()).contains("Read-only file system");
    }

    @AsEach
    void readonlyPath_thatIsMissing_isNoError(As as) {
        Bundle bundle = Bundle.of(as).set("/linux/readonlyPaths", "['/no/such']");
        assertThat(bundle.args("echo", "fine").output()).isEqualTo("fine");
    }

    @AsEach
    void relativePath_isRefused(As as) {
        Bundle.of(as).set("/linux/maskedPaths", "['etc']").run().refusals("/linux/maskedPaths/0", "absolute");
        Bundle.of(as, "second")
                .set("/linux/readonlyPaths", "['etc']")
                .run()
                .refusals("/linux/readonlyPaths/0", "absolute");
    }

    @AsEach
    void generatedPaths_hideWhatTellsOfTheHost(As as) {
        Bundle bundle = Bundle.of(as)
                .script(
                        "cat /proc/kcore /proc/keys /proc/timer_list 2>/dev/null | wc -c; ls -A /proc/scsi 2>/dev/null; true");
        assertThat(bundle.output()).isEqualTo("0");
    }
}
