package dev.confine.runtime.netlink;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HexFormat;
import org.junit.jupiter.api.Test;

class MessageTest {
    private static String hex(byte[] bytes) {
        return HexFormat.of().formatHex(bytes);
    }

    @Test
    void move_hasTheNamespaceFirstAndThenTheName() {
        byte[] message = Message.move("eth0");
        assertThat(hex(message))
                .isEqualTo("34000000" + "1000" + "0500" + "00000000" + "00000000" // nlmsghdr
                        + "00000000" + "00000000" + "00000000" + "00000000" // ifinfomsg
                        + "0800" + "1c00" + "00000000" // IFLA_NET_NS_FD
                        + "0900" + "0300" + "6574683000" + "000000"); // IFLA_IFNAME, padded
        assertThat(message.length % 4).isZero();
    }

    @Test
    void up_changesThatFlagAlone() {
        assertThat(hex(Message.up()))
                .isEqualTo("20000000" + "1000" + "0500" + "0000000000000000" + "0000000000000000" + "0100000001000000");
    }

    @Test
    void question_isADumpOfEveryFamily() {
        assertThat(hex(Message.askForAddresses()))
                .isEqualTo("18000000" + "1600" + "0103" + "0000000000000000" + "0000000000000000");
    }

    @Test
    void attribute_afterOneOfOddLength_isAligned() {
        byte[] message = Message.address(2, 24, 7)
                .attribute(1, new byte[] {9})
                .attribute(2, new byte[] {8})
                .toBytes();
        assertThat(hex(message))
                .isEqualTo("28000000" + "1400" + "0504" + "0000000000000000" + "02180000" + "07000000"
                        + "0500010009000000" + "0500020008000000");
    }
}
