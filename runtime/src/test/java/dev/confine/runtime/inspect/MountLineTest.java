package dev.confine.runtime.inspect;

import static org.assertj.core.api.Assertions.assertThat;

import dev.confine.spec.NamespaceType;
import java.util.List;
import org.junit.jupiter.api.Test;

final class MountLineTest {
    @Test
    void line_withEverything_isRead() {
        assertThat(MountLine.parse(
                        "36 35 98:0 /mnt1 /a\\040b rw,noatime master:1 shared:3 - ext4 /dev/x\\134 rw,errors=c\n"))
                .containsExactly(new MountLine(
                        36,
                        35,
                        "98:0",
                        "/mnt1",
                        "/a b",
                        List.of("rw", "noatime"),
                        List.of("master:1", "shared:3"),
                        "ext4",
                        "/dev/x\\",
                        List.of("rw", "errors=c")));
    }

    @Test
    void line_withoutTags_isRead() {
        MountLine line = MountLine.parse("1 2 0:4 net:[4026532345] /run/netns/a rw - nsfs nsfs rw")
                .get(0);
        assertThat(line.tags()).isEmpty();
        assertThat(line.namespace()).isEqualTo(new NamespaceId(NamespaceType.NETWORK, 4026532345L));
    }

    @Test
    void line_ofBytes_isDecoded() {
        assertThat(MountLine.parse("1 2 0:4 / /\u00c3\u00a4 rw - tmpfs none rw")
                        .get(0)
                        .target())
                .isEqualTo("/ä");
        assertThat(MountLine.parse("1 2 0:4 / /名 rw - tmpfs none rw").get(0).target())
                .isEqualTo("/名");
    }

    @Test
    void line_thatIsNone_isPassedOver() {
        assertThat(MountLine.parse("\nx\n1 2 3 - a b c\nz 2 0:4 / / rw - a b c\n"))
                .isEmpty();
    }
}
