package dev.confine.runtime.inspect;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ProcessFilesTest {
    @TempDir
    private Path directory;

    private ProcessFiles files() {
        return new ProcessFiles(new FakeProc(directory).process(4, 1, 0, "a").proc());
    }

    @Test
    void names_ofRoot_areThoseInside() {
        ProcessFiles files = files();
        new FakeProc(directory)
                .file(
                        "4/root/etc/passwd",
                        "root:x:0:0::/:\nweb:x:33:33::/:\nlater:x:33:1::/:\nbad\n\u202ex:x:7:1::/:\n")
                .file("4/root/etc/group", "staff:x:50:\n");
        assertThat(files.users(4).name(33)).isEqualTo("web");
        assertThat(files.users(4).name(34)).isEqualTo("#34");
        assertThat(files.users(4).find(34)).isNull();
        assertThat(files.users(4).name(7)).isEqualTo("?x");
        assertThat(files.groups(4).name(50)).isEqualTo("staff");
    }

    @Test
    void link_toOutside_staysInside() throws IOException {
        ProcessFiles files = files();
        Path etc = Files.createDirectories(directory.resolve("4/root/etc"));
        Files.writeString(directory.resolve("secret"), "host:x:0:0::/:\n");
        Files.createSymbolicLink(etc.resolve("passwd"), directory.resolve("secret"));
        assertThat(files.users(4).find(0)).isNull();
        Files.createSymbolicLink(etc.resolve("group"), Path.of("../../../secret"));
        assertThat(files.groups(4).find(0)).isNull();
        Files.writeString(directory.resolve("4/root/secret"), "inside:x:0:0::/:\n");
        assertThat(files.groups(4).name(0)).isEqualTo("inside");
    }

    @Test
    void file_thatIsNoFile_isNotOpened() throws Exception {
        ProcessFiles files = files();
        Path etc = Files.createDirectories(directory.resolve("4/root/etc"));
        new ProcessBuilder("mkfifo", etc.resolve("passwd").toString()).start().waitFor();
        assertThat(files.text(4, "/etc/passwd")).isNull();
        Files.createDirectory(etc.resolve("group"));
        assertThat(files.text(4, "/etc/group")).isNull();
        assertThat(files.text(5, "/etc/group")).isNull();
    }
}
