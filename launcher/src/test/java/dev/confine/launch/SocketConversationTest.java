package dev.confine.launch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class SocketConversationTest {
    private final ByteArrayOutputStream incoming = new ByteArrayOutputStream();
    private final ByteArrayOutputStream outgoing = new ByteArrayOutputStream();

    SocketConversationTest() {
        frame(1, Hello.VERSION, HelloTest.payload("/home/ana", new String[] {"run", "c1"}, new String[] {
            "A=1", "A=2", "B="
        }));
    }

    @Test
    void caller_afterTheHello_isWhoTheLauncherSays() {
        Conversation conversation = open();
        assertThat(conversation.architecture()).isEqualTo(Architecture.AARCH64);
        assertThat(conversation.caller().args()).containsExactly("run", "c1");
        assertThat(conversation.caller().environment()).containsEntry("A", "1").containsEntry("B", "");
    }

    @Test
    void await_everyKindOfEvent_returnsThemInOrder() {
        frame(3, 7, new byte[] {1, 2, 0, 0, 0, 0, 0, (byte) 0x80});
        frame(4, 8, new byte[] {5});
        frame(5, 0, new byte[0]);
        Conversation conversation = running();
        assertThat(conversation.awaitValue(7)).isEqualTo(0x8000_0000_0000_0201L);
        assertThat(conversation.awaitBytes(8)).containsExactly(5);
        conversation.awaitDone();
    }

    @Test
    void await_twoFailures_throwsTheFirstAndSkipsTheSecond() {
        frame(2, 1, new byte[] {1, 0, 0, 0, 44, 1, 0, 0});
        frame(2, 0, new byte[] {32, 0, 0, 0, 1, 0, 0, 0});
        frame(5, 0, new byte[0]);
        Conversation conversation = running();
        assertThatThrownBy(conversation::await)
                .isInstanceOfSatisfying(LaunchFailure.class, failure -> {
                    assertThat(failure.pid()).isEqualTo(300);
                    assertThat(failure.is(Errno.EPERM)).isTrue();
                    assertThat(failure.step().what()).isEqualTo("mount proc on /proc");
                })
                .hasMessage("mount proc on /proc: EPERM: operation not permitted (config.json /mounts/0)");
        assertThat(conversation.await()).isEqualTo(new Event.Done());
    }

    @Test
    void cancel_aRunningProgram_skipsEverythingUpToItsEnd() {
        frame(3, 7, new byte[8]);
        frame(2, 1, new byte[] {125, 0, 0, 0, 1, 0, 0, 0});
        frame(5, 0, new byte[0]);
        Conversation conversation = running();
        conversation.cancel();
        assertThat(outgoing.toByteArray()).endsWith(21, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0);
        outgoing.reset();
        conversation.cancel();
        assertThat(outgoing.size()).isZero();
    }

    @Test
    void exit_afterAFailure_waitsForTheEndOfTheProgram() {
        frame(2, 1, new byte[] {125, 0, 0, 0, 1, 0, 0, 0});
        frame(5, 0, new byte[0]);
        Conversation conversation = running();
        assertThatThrownBy(conversation::await).isInstanceOf(LaunchFailure.class);
        outgoing.reset();
        conversation.exit(1);
        assertThat(outgoing.toByteArray()).startsWith(21).endsWith(20, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0);
        assertThatThrownBy(conversation::await).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void await_theLauncherEnded_isLost() {
        Conversation conversation = running();
        assertThatThrownBy(conversation::await).isInstanceOf(ConversationLost.class);
    }

    @Test
    void await_aMessageOfTheWrongSize_isLost() {
        frame(3, 7, new byte[3]);
        Conversation conversation = running();
        assertThatThrownBy(conversation::await).isInstanceOf(ConversationLost.class);
    }

    @Test
    void await_withoutAProgram_isAMistake() {
        assertThatThrownBy(open()::await).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void out_text_isOneFrameOfUtf8() {
        open().out("é");
        assertThat(outgoing.toByteArray()).containsExactly(18, 0, 0, 0, 0, 0, 0, 0, 2, 0, 0, 0, 0xc3, 0xa9);
    }

    @Test
    void exit_aCode_isTheTag() {
        open().exit(137);
        assertThat(outgoing.toByteArray()).containsExactly(20, 0, 0, 0, 137, 0, 0, 0, 0, 0, 0, 0);
    }

    @Test
    void open_anotherVersion_saysSo() {
        incoming.reset();
        frame(1, 1, "x".getBytes(StandardCharsets.UTF_8));
        assertThatThrownBy(this::open).isInstanceOf(ConversationLost.class).hasMessageContaining("version 1");
    }

    private Conversation running() {
        Assembler assembler = new Assembler();
        assembler.step("create the namespaces", "");
        assembler.step("mount proc on /proc", "/mounts/0");
        assembler.end();
        Conversation conversation = open();
        conversation.run(assembler.assemble());
        return conversation;
    }

    private Conversation open() {
        return new SocketConversation(new ByteArrayInputStream(incoming.toByteArray()), outgoing, true);
    }

    private void frame(int type, int tag, byte[] payload) {
        byte[] header = new byte[12];
        LittleEndian.put(header, 0, 4, type);
        LittleEndian.put(header, 4, 4, tag);
        LittleEndian.put(header, 8, 4, payload.length);
        incoming.writeBytes(header);
        incoming.writeBytes(payload);
    }
}
