package dev.confine.runtime.seccomp;

import java.io.File;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * A filter in a file: all of its key, the library that made it, the filter. The key is compared and not a digest of it, so there is no collision to be made,
 * and no digest to be paid for. Little-endian.
 *
 * <pre>
 * 8  magic, with the version
 * 8  size of the library, bytes
 * 8  when it was changed, ms since 1970
 * 4  bytes of the key
 * 4  bytes of the library's path
 * 4  bytes of the filter
 *    key, path, filter
 * </pre>
 */
final class FilterFile {
    private static final long MAGIC = 0x31_7265_746c_6966_63L;
    private static final int HEADER = 36;

    private FilterFile() {}

    /** @param library the path of libseccomp's file */
    static byte[] encode(FilterKey key, String library, byte[] filter) {
        byte[] path = library.getBytes(StandardCharsets.UTF_8);
        ByteBuffer file = ByteBuffer.allocate(HEADER + key.bytes().length + path.length + filter.length)
                .order(ByteOrder.LITTLE_ENDIAN);
        File made = new File(library);
        file.putLong(MAGIC).putLong(made.length()).putLong(made.lastModified());
        file.putInt(key.bytes().length).putInt(path.length).putInt(filter.length);
        file.put(key.bytes()).put(path).put(filter);
        return file.array();
    }

    /** The filter in it, or null where it is no such file, is that of another key, or the library is another now. */
    static byte @Nullable [] decode(byte[] content, FilterKey key) {
        if (content.length < HEADER) {
            return null;
        }
        ByteBuffer header = ByteBuffer.wrap(content).order(ByteOrder.LITTLE_ENDIAN);
        int keyEnd = HEADER + key.bytes().length;
        long pathEnd = (long) keyEnd + header.getInt(28);
        int filterLength = header.getInt(32);
        boolean whole = header.getLong(0) == MAGIC
                && header.getInt(24) == key.bytes().length
                && header.getInt(28) >= 0
                && Filters.isWhole(filterLength)
                && pathEnd + filterLength == content.length;
        if (!whole || !Arrays.equals(key.bytes(), Arrays.copyOfRange(content, HEADER, keyEnd))) {
            return null;
        }
        File library = new File(new String(content, keyEnd, header.getInt(28), StandardCharsets.UTF_8));
        if (library.length() != header.getLong(8) || library.lastModified() != header.getLong(16)) {
            return null;
        }
        return Arrays.copyOfRange(content, (int) pathEnd, content.length);
    }
}
