package dev.confine.library;

import dev.confine.ConfineException;
import dev.confine.launch.ConversationLost;
import dev.confine.launch.SocketConversation;
import java.io.IOException;
import java.nio.channels.SocketChannel;

/**
 * A launcher that was started by this JVM and has said hello. Its stdio are those of the container that it will start; it serves one command.
 *
 * @param process the launcher itself
 * @param channel its socket
 * @param conversation on that socket
 */
record Launcher(Process process, SocketChannel channel, SocketConversation conversation) {

    static Launcher of(Process process, SocketChannel channel) {
        SocketConversation conversation =
                new SocketConversation(new ChannelInput(channel), new ChannelOutput(channel), false);
        if (conversation.caller().pid() != process.pid()) {
            throw new ConfineException("process " + conversation.caller().pid()
                    + " connected in place of the launcher, which is " + process.pid());
        }
        return new Launcher(process, channel, conversation);
    }

    /** The launcher has all that it needs: it goes on without this JVM. */
    void letGo() {
        try {
            channel.close();
        } catch (IOException closed) {
            throw new ConfineException("close the socket of a launcher: " + closed.getMessage(), closed);
        }
    }

    /** Ends it, with whatever it has begun undone. */
    void dismiss(int code) {
        try {
            conversation.exit(code);
        } catch (ConversationLost gone) {
            // it has ended by itself
        }
        letGo();
    }

    boolean isWaiting() {
        return process.isAlive();
    }
}
