package dev.confine.runtime.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import dev.confine.idmap.IdMap;
import dev.confine.idmap.IdMaps;
import dev.confine.runtime.host.HostFiles;
import dev.confine.runtime.host.OwnerCount;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class BundleExamTest {
    private static final IdMaps MAPS = new IdMaps(IdMap.of(0, 100_000, 1000), IdMap.of(0, 200_000, 1000));

    @TempDir
    Path rootfs = Path.of("/nowhere");

    @Test
    void treeOfIdsOfAnImage_isShiftedAsAWhole() {
        BundleExam exam = BundleExam.of(new HostFiles(), "b", rootfs.toString(), MAPS);
        assertThat(exam.findings()).singleElement().satisfies(finding -> {
            assertThat(finding.what()).contains("of the one file of", "1 belongs to");
            assertThat(finding.fix()).contains("--idmap-rootfs", "chown-map --bundle b --apply " + rootfs);
        });
    }

    @Test
    void strangerInATreeThatHasIdsOfTheHost_isChangedAlone() {
        assertThat(cure(new OwnerCount.Owner(true, 33, 1, "/r/x")))
                .isEqualTo("as root: find /r -uid 33 -exec chown -h 100033 {} +, which makes it 33 inside");
        assertThat(cure(new OwnerCount.Owner(false, 5000, 1, "/r/x")))
                .isEqualTo("as root: find /r -gid 5000 -exec chgrp -h 200000 {} +, which makes it 0 inside");
    }

    private static String cure(OwnerCount.Owner stranger) {
        return BundleExam.cure("b", "/r", MAPS, true, stranger);
    }
}
