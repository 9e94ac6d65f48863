package dev.confine.runtime.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class TreeScanTest {
    @TempDir
    Path top = Path.of("/nowhere");

    private List<String> names(TreeScan.Visitor visitor) {
        List<String> names = new ArrayList<>();
        new TreeScan(new HostFiles(), entry -> {
                    names.add(entry.relative());
                    return visitor.visit(entry);
                })
                .walk(top.toString());
        return names;
    }

    @Test
    void everyFile_isVisitedOnce_directoriesFirst_andNoLinkFollowed() throws IOException {
        Files.createDirectories(top.resolve("a/b/c"));
        Files.writeString(top.resolve("a/b/c/f"), "");
        Files.writeString(top.resolve("a/.hidden"), "");
        Files.createSymbolicLink(top.resolve("a/link"), Path.of("/usr"));
        Files.writeString(top.resolve("ä b"), "");
        List<String> names = names(entry -> true);
        assertThat(names).containsExactlyInAnyOrder("", "a", "a/b", "a/b/c", "a/b/c/f", "a/.hidden", "a/link", "ä b");
        assertThat(names.indexOf("a/b")).isLessThan(names.indexOf("a/b/c/f"));
    }

    @Test
    void directory_thatIsNotToBeEntered_isNot() throws IOException {
        Files.createDirectories(top.resolve("a/b"));
        assertThat(names(entry -> !entry.relative().equals("a"))).containsExactlyInAnyOrder("", "a");
    }

    @Test
    void manyFiles_areAllThere() throws IOException {
        for (int i = 0; i < 3000; i++) {
            Files.writeString(top.resolve("file-with-a-long-name-" + i), "");
        }
        assertThat(names(entry -> true)).hasSize(3001).doesNotHaveDuplicates();
    }

    @Test
    void owners_areCounted() throws IOException {
        Files.writeString(top.resolve("f"), "");
        OwnerCount owners = new OwnerCount();
        new TreeScan(new HostFiles(), owners).walk(top.toString());
        assertThat(owners.files()).isEqualTo(2);
        assertThat(owners.all()).hasSize(2).allMatch(owner -> owner.count() == 2);
        assertThat(owners.all().get(0).example()).isEqualTo(top.toString());
    }

    @Test
    void whatIsNoDirectory_isRefused() throws IOException {
        Files.createSymbolicLink(top.resolve("link"), top);
        TreeScan scan = new TreeScan(new HostFiles(), entry -> true);
        assertThatThrownBy(() -> scan.walk(top + "/link"))
                .isInstanceOf(CallFailure.class)
                .hasMessageContaining("ENOTDIR");
        assertThatThrownBy(() -> scan.walk(top + "/none")).hasMessageContaining("ENOENT");
    }
}
