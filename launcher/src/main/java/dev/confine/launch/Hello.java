package dev.confine.launch;

import dev.confine.spi.Caller;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The launcher's first message. The layout is that of docs/launch-program.md.
 *
 * @param architecture of the launcher
 * @param caller the process that it is
 * @param declined whether an engine was asked before, and had no answer
 * @param library the directory in which the launcher looks for java, absolute; empty for one that looks for none
 */
record Hello(Architecture architecture, Caller caller, boolean declined, String library) {
    /** The protocol both sides must speak. */
    static final int VERSION = 2;

    private static final int FIXED = 48;

    static Hello decode(Frame frame) {
        if (frame.type() != FrameType.HELLO.code() || frame.tag() != VERSION) {
            throw new ConversationLost("the launcher speaks another version of the protocol: type " + frame.type()
                    + ", version " + frame.tag() + "; bin/confine and lib are not of the same build");
        }
        byte[] payload = frame.payload();
        if (payload.length < FIXED) {
            throw malformed();
        }
        return new Reader(payload).hello();
    }

    private static ConversationLost malformed() {
        return new ConversationLost("the launcher's first message is malformed");
    }

    /** Reads the groups and strings behind the fixed part. */
    private static final class Reader {
        private final byte[] payload;
        private int at = FIXED;

        Reader(byte[] payload) {
            this.payload = payload;
        }

        Hello hello() {
            List<Long> groups = groups(u32(32));
            String cwd = string();
            String library = string();
            List<String> args = strings(u32(36));
            Map<String, String> environment = environment(strings(u32(40)));
            Caller caller = new Caller(
                    u32(4),
                    u32(8),
                    u32(12),
                    groups,
                    (int) u32(16),
                    LittleEndian.get(payload, 24, 8),
                    (int) u32(20),
                    cwd,
                    args,
                    environment);
            return new Hello(architecture(u32(0)), caller, u32(44) != 0, library);
        }

        private long u32(int offset) {
            return LittleEndian.get(payload, offset, 4);
        }

        private List<Long> groups(long count) {
            if (count > (payload.length - at) / 4) {
                throw malformed();
            }
            List<Long> groups = new ArrayList<>((int) count);
            for (long i = 0; i < count; i++) {
                groups.add(u32(at));
                at += 4;
            }
            return groups;
        }

        private List<String> strings(long count) {
            List<String> strings = new ArrayList<>();
            for (long i = 0; i < count; i++) {
                strings.add(string());
            }
            return strings;
        }

        private String string() {
            int start = at;
            while (at < payload.length && payload[at] != 0) {
                at++;
            }
            if (at == payload.length) {
                throw malformed();
            }
            return new String(payload, start, at++ - start, StandardCharsets.UTF_8);
        }

        /** The first of two entries with one name counts, as in getenv(3); what has no name is dropped. */
        private static Map<String, String> environment(List<String> entries) {
            Map<String, String> environment = new HashMap<>();
            for (String entry : entries) {
                int equals = entry.indexOf('=');
                if (equals > 0) {
                    environment.putIfAbsent(entry.substring(0, equals), entry.substring(equals + 1));
                }
            }
            return environment;
        }

        private static Architecture architecture(long code) {
            for (Architecture architecture : Architecture.values()) {
                if (architecture.code() == code) {
                    return architecture;
                }
            }
            throw malformed();
        }
    }
}
