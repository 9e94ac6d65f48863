package dev.confine.launch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.confine.spi.Caller;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class HelloTest {
    private static final byte[] PAYLOAD =
            payload("/home/ana", new String[] {"run", "", "c1"}, new String[] {"A=1", "=x", "none", "B=c=d"});

    @Test
    void decode_aHello_knowsTheCaller() {
        Hello hello = decode(PAYLOAD);
        Caller caller = hello.caller();
        assertThat(hello.architecture()).isEqualTo(Architecture.AARCH64);
        assertThat(caller.pid()).isEqualTo(4711);
        assertThat(caller.uid()).isEqualTo(1001);
        assertThat(caller.gid()).isEqualTo(4294967294L);
        assertThat(caller.umask()).isEqualTo(022);
        assertThat(caller.terminals()).isEqualTo(5);
        assertThat(caller.capabilities()).isEqualTo(0x1ffffffffffL);
        assertThat(caller.groups()).containsExactly(27L, 1001L);
        assertThat(caller.cwd()).isEqualTo("/home/ana");
        assertThat(hello.library()).isEqualTo("/opt/confine/lib");
        assertThat(caller.args()).containsExactly("run", "", "c1");
        assertThat(caller.environment()).containsOnlyKeys("A", "B").containsEntry("B", "c=d");
    }

    @Test
    void decode_cutAnywhere_isRefused() {
        for (int length = 0; length < PAYLOAD.length; length++) {
            byte[] cut = Arrays.copyOf(PAYLOAD, length);
            assertThatThrownBy(() -> decode(cut)).isInstanceOf(ConversationLost.class);
        }
    }

    @Property
    void decode_anyBytes_areRefusedOrDecoded(@ForAll byte[] payload) {
        try {
            assertThat(decode(payload).caller()).isNotNull();
        } catch (ConversationLost expected) {
            assertThat(expected).hasMessageContaining("malformed");
        }
    }

    private static Hello decode(byte[] payload) {
        return Hello.decode(new Frame(FrameType.HELLO.code(), Hello.VERSION, payload));
    }

    static byte[] payload(String cwd, String[] args, String[] environment) {
        ByteArrayOutputStream payload = new ByteArrayOutputStream();
        int[] words = {2, 4711, 1001, -2, 022, 5, -1, 0x1ff, 2, args.length, environment.length, 0, 27, 1001};
        byte[] word = new byte[4];
        for (int value : words) {
            LittleEndian.put(word, 0, 4, value);
            payload.writeBytes(word);
        }
        string(payload, cwd);
        string(payload, "/opt/confine/lib");
        for (String arg : args) {
            string(payload, arg);
        }
        for (String entry : environment) {
            string(payload, entry);
        }
        return payload.toByteArray();
    }

    private static void string(ByteArrayOutputStream payload, String text) {
        payload.writeBytes((text + "\0").getBytes(StandardCharsets.UTF_8));
    }
}
