package dev.confine.library;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;

/** What arrives on a socket. Unlike the stream that the JDK 17 makes of a channel it holds no monitor while it waits, so a virtual thread gives its carrier back. */
final class ChannelInput extends InputStream {
    private final SocketChannel channel;

    ChannelInput(SocketChannel channel) {
        this.channel = channel;
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] to, int offset, int length) throws IOException {
        return channel.read(ByteBuffer.wrap(to, offset, length));
    }
}
