package dev.confine.cli.identity;

import static dev.confine.cli.identity.FakeHost.FIRST_USER;
import static dev.confine.cli.identity.FakeHost.id;
import static org.assertj.core.api.Assertions.assertThat;

import dev.confine.runtime.inspect.NamespaceId;
import dev.confine.spec.NamespaceType;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class NamespacePictureTest {
    @TempDir
    private Path directory;

    /** Containers with a user namespace each, of which every fifth is in the one before it. */
    private String picture(int namespaces) throws IOException {
        FakeHost host = new FakeHost(directory).process(1, 0, 0, "init");
        NamespaceId user = FIRST_USER;
        for (int i = 1; i < namespaces; i++) {
            long inode = 4026532000L + i;
            NamespaceType type = i % 7 == 1 ? NamespaceType.USER : NamespaceType.values()[i % 8];
            NamespaceId made = id(type, inode);
            host.namespace(made, type != NamespaceType.USER || i % 5 == 0 ? user : FIRST_USER);
            user = type == NamespaceType.USER ? made : user;
            host.process(100 + i, 1, 100000L + i, "/usr/bin/a-program-名前-" + i + " <&\"'> --with --many --words", made);
        }
        String svg = NamespacePicture.of(host.observation().all());
        String keep = System.getProperty("picture.write");
        if (keep != null) {
            Files.writeString(Path.of(keep, "namespaces-" + namespaces + ".svg"), svg);
        }
        return svg;
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 30, 200})
    void labels_ofAnyNumber_doNotOverlap(int namespaces) throws IOException {
        Drawing drawing = Drawing.of(picture(namespaces));
        assertThat(drawing.texts()).hasSizeGreaterThan(namespaces);
        assertThat(drawing.overlaps()).isEmpty();
        assertThat(drawing.outside()).isEmpty();
    }

    @Test
    void picture_ofNothing_isAPicture() throws IOException {
        assertThat(Drawing.of(picture(0)).outside()).isEmpty();
        assertThat(Drawing.of(NamespacePicture.of(List.of())).outside()).isEmpty();
    }
}
