package dev.confine.runtime.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;

import dev.confine.runtime.config.DefaultSpec;
import dev.confine.spec.Mount;
import java.util.List;
import org.junit.jupiter.api.Test;

class HostPartsTest {
    @Test
    void mountOfTheHost_isWhatIsBound_orAPartOfWhatTheContainerHasNotWhole() {
        String mountinfo = """
                40 30 254:0 /b/rootfs / rw,relatime - ext4 /dev/vda rw
                41 40 0:50 / /proc rw - proc proc rw
                42 40 0:51 / /dev rw - tmpfs tmpfs rw
                43 41 0:5 /null /proc/keys rw - devtmpfs none rw
                44 41 0:50 /bus /proc/bus ro - proc proc rw
                45 40 254:0 /srv/a\\040b /a\\040b rw - ext4 /dev/vda rw
                46 40 254:1 / /disk rw - ext4 /dev/vdb rw
                47 40 0:60 / /tmp rw - tmpfs none rw
                """;
        List<Mount> mounts = List.of(
                new Mount("/a b", "bind", "/srv/a b", List.of()),
                new Mount("/disk", "", "/mnt/disk", List.of("rbind")),
                new Mount("/tmp", "tmpfs", "none", List.of()));
        assertThat(HostParts.mounts(DefaultSpec.rootful().withMounts(mounts), mountinfo))
                .containsExactly("mnt[/proc/keys]:/proc/keys", "mnt[/a b]:/a b", "mnt[/disk]:/disk");
    }
}
