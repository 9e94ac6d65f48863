package dev.confine.runtime.criu;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.confine.ConfineException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class MessagesTest {
    @Property
    void fields_areReadAsTheyWereWritten(@ForAll long number, @ForAll String text, @ForAll boolean flag) {
        String whole = new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8);
        MessageWriter inner = new MessageWriter().text(2, whole).flag(536_870_911, flag);
        MessageReader reader = new MessageReader(
                new MessageWriter().number(1, number).message(15, inner).toBytes());
        assertThat(reader.next()).isEqualTo(1);
        assertThat(reader.number()).isEqualTo(number);
        assertThat(reader.next()).isEqualTo(15);
        MessageReader message = reader.message();
        assertThat(message.next()).isEqualTo(2);
        assertThat(message.text()).isEqualTo(whole);
        assertThat(message.next()).isEqualTo(flag ? 536_870_911 : 0);
        assertThat(reader.next()).isZero();
    }

    /** As the encoding's own documentation has them. */
    @Test
    void number_isAVarint_andTextHasItsLength() {
        assertThat(new MessageWriter().number(1, 150).toBytes()).containsExactly(8, 0x96, 1);
        assertThat(new MessageWriter().text(2, "testing").toBytes())
                .containsExactly(0x12, 7, 't', 'e', 's', 't', 'i', 'n', 'g');
    }

    @Test
    void answer_hasItsReason_andUnknownFieldsAreSkipped() {
        byte[] content = {8, 1, 16, 0, 0x3d, 1, 2, 3, 4, 0x19, 1, 2, 3, 4, 5, 6, 7, 8, 56, 95, 74, 2, 'n', 'o'};
        assertThat(Answer.parse(content)).isEqualTo(new Answer(1, false, 95, "no", "", 0));
        assertThat(Answer.parse(Request.notified()).isNotification()).isTrue();
    }

    /** Whoever answers is another program. */
    @Property
    void answer_ofAnyBytes_isReadOrRefused(@ForAll byte[] content) {
        try {
            Answer.parse(content);
        } catch (ConfineException refused) {
            assertThat(refused).hasMessageContaining("no message of its protocol");
        }
    }

    @Test
    void message_thatIsCut_isRefused() {
        byte[] whole = new MessageWriter().text(9, "reason").toBytes();
        for (int length = 1; length < whole.length; length++) {
            byte[] cut = Arrays.copyOf(whole, length);
            assertThatThrownBy(() -> Answer.parse(cut)).isInstanceOf(ConfineException.class);
        }
    }
}
