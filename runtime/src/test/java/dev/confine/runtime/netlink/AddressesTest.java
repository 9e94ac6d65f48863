package dev.confine.runtime.netlink;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.confine.ConfineException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;

class AddressesTest {
    private static final String DONE = "14000000" + "0300" + "0200" + "0000000000000000" + "00000000";
    private static final String TEN = "08000100" + "0a010203";
    private static final String PERMANENT = "08000800" + "80020000";

    private static byte[] bytes(String hex) {
        return HexFormat.of().parseHex(hex);
    }

    /** An address of the interface 3, with this scope and these attributes. */
    private static String address(String scope, String attributes) {
        int length = 24 + attributes.length() / 2;
        return HexFormat.of().toHexDigits((byte) length) + "000000" + "1400" + "0200" + "0000000000000000" + "021880"
                + scope + "03000000" + attributes;
    }

    private static List<byte[]> moved(String... hex) {
        Addresses addresses = new Addresses();
        assertThat(addresses.take(bytes(String.join("", hex)))).isTrue();
        assertThat(addresses.take(bytes(DONE))).isFalse();
        return addresses.moved(3, 9);
    }

    @Test
    void address_isGivenToTheOtherInterface_withoutTheNameAndStateOfTheFirst() {
        String label = "09000300" + "6574683000000000";
        String lifetime = "14000600" + "ffffffffffffffff0000000000000000";
        List<byte[]> messages = moved(address("00", TEN + label + PERMANENT + lifetime));
        assertThat(messages).hasSize(1);
        assertThat(HexFormat.of().formatHex(messages.get(0)))
                .isEqualTo("28000000" + "1400" + "0504" + "0000000000000000" + "02180000" + "09000000" + TEN
                        + "08000800" + "00020000");
    }

    @Test
    void address_ofTheLinkOrADynamicOne_staysBehind() {
        assertThat(moved(address("fd", TEN + PERMANENT), address("00", TEN + "08000800" + "00000000")))
                .isEmpty();
    }

    @Test
    void address_ofAnotherInterface_staysBehind() {
        Addresses addresses = new Addresses();
        addresses.take(bytes(address("00", TEN)));
        assertThat(addresses.moved(4, 9)).isEmpty();
        assertThat(addresses.moved(3, 9)).hasSize(1);
    }

    @Test
    void error_isNamed() {
        String error = "24000000" + "0200" + "0000" + "0000000000000000" + "ffffffff" + "00".repeat(16);
        assertThatThrownBy(() -> new Addresses().take(bytes(error)))
                .isInstanceOf(ConfineException.class)
                .hasMessageContaining("EPERM");
    }

    @Test
    void list_thatIsCut_isRefusedOrHasLess() {
        byte[] whole = bytes(address("00", TEN + PERMANENT));
        for (int length = 16; length < whole.length; length++) {
            byte[] cut = Arrays.copyOf(whole, length);
            assertThatThrownBy(() -> new Addresses().take(cut)).hasMessageContaining("cut off");
        }
    }

    @Test
    void attribute_longerThanItsMessage_isLeftOut() {
        assertThat(moved(address("00", TEN + "ff000200" + "01020304")))
                .singleElement()
                .satisfies(message -> assertThat(message).hasSize(40));
    }
}
