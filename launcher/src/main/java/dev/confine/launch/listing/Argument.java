package dev.confine.launch.listing;

import dev.confine.launch.Operand;
import dev.confine.launch.Operand.Data;
import dev.confine.launch.Operand.Immediate;
import dev.confine.launch.Operand.Register;
import dev.confine.launch.Program;
import java.nio.charset.StandardCharsets;

/** How one argument of a system call is shown. */
interface Argument {
    /** A number, a register, or a place in the data as {@code @offset}. */
    Argument PLAIN = (operand, data) -> plain(operand);

    /** A directory's file descriptor. */
    Argument DIRECTORY = (operand, data) -> constant(operand, -100) ? "AT_FDCWD" : plain(operand);

    /** A mode, in octal. */
    Argument MODE = (operand, data) -> operand instanceof Immediate mode ? octal(mode.value()) : plain(operand);

    /** A string with a closing NUL. */
    Argument TEXT = (operand, data) -> operand instanceof Data at ? data.text(at.offset()) : nullOr(operand);

    /** A NULL-terminated array of strings. */
    Argument TEXTS = (operand, data) -> operand instanceof Data at ? data.texts(at.offset()) : nullOr(operand);

    /** A pointer that may be NULL. */
    Argument POINTER = (operand, data) -> nullOr(operand);

    /** What a node is made as: a type and a mode. */
    Argument NODE = (operand, data) -> operand instanceof Immediate mode
            ? Names.FILE_TYPE.of(mode.value() & 0xf000) + "|" + octal(mode.value() & 07777)
            : plain(operand);

    /** open_how of openat2(2). */
    Argument HOW = (operand, data) -> operand instanceof Data at
            ? "{" + Names.OPEN.of(data.word(at, 0)) + mode(data.word(at, 8)) + ", "
                    + Names.RESOLVE.of(data.word(at, 16)) + "}"
            : plain(operand);

    /** clone_args of clone3(2). */
    Argument CLONE = (operand, data) -> operand instanceof Data at
            ? "{" + Names.CLONE.of(data.word(at, 0)) + ", " + Names.SIGNAL.of(data.word(at, 32)) + "}"
            : plain(operand);

    /** mount_attr of mount_setattr(2). */
    Argument ATTRIBUTES = Argument::attributes;

    /** rlimit of prlimit(2). */
    Argument LIMIT = (operand, data) -> operand instanceof Data at
            ? "{" + limit(data.word(at, 0)) + ", " + limit(data.word(at, 8)) + "}"
            : nullOr(operand);

    /** sockaddr_un. */
    Argument SOCKET_PATH = (operand, data) ->
            operand instanceof Data at ? "{AF_UNIX, " + data.text(at.offset() + 2) + "}" : nullOr(operand);

    String show(Operand operand, DataView data);

    /** Constants by name. */
    static Argument named(Names names) {
        return (operand, data) -> operand instanceof Immediate constant ? names.of(constant.value()) : plain(operand);
    }

    static String plain(Operand operand) {
        if (operand instanceof Immediate constant) {
            long value = constant.value();
            return value > 0xffff ? "0x" + Long.toHexString(value) : Long.toString(value);
        }
        return operand instanceof Register register ? "r" + register.index() : "@" + ((Data) operand).offset();
    }

    private static String nullOr(Operand operand) {
        return constant(operand, 0) ? "NULL" : plain(operand);
    }

    private static boolean constant(Operand operand, long value) {
        return operand instanceof Immediate constant && constant.value() == value;
    }

    private static String mode(long mode) {
        return mode == 0 ? "" : ", " + octal(mode);
    }

    private static String octal(long value) {
        return value == 0 ? "0" : "0" + Long.toOctalString(value);
    }

    private static String limit(long value) {
        return value == -1 ? "RLIM_INFINITY" : Long.toUnsignedString(value);
    }

    private static String attributes(Operand operand, DataView data) {
        if (!(operand instanceof Data at)) {
            return plain(operand);
        }
        StringBuilder text = new StringBuilder("{");
        part(text, "set ", Names.MOUNT_ATTR, data.word(at, 0));
        part(text, "clear ", Names.MOUNT_ATTR, data.word(at, 8));
        part(text, "", Names.MOUNT, data.word(at, 16));
        return text.append('}').toString();
    }

    private static void part(StringBuilder text, String what, Names names, long value) {
        if (value != 0) {
            text.append(text.length() > 1 ? ", " : "").append(what).append(names.of(value));
        }
    }

    /** A program's initial data, as arguments look at it. */
    final class DataView {
        private static final int LONGEST_TEXT = 200;

        private final byte[] data;

        DataView(Program program) {
            this.data = program.data();
        }

        long word(Data at, int offset) {
            long value = 0;
            for (int i = 7; i >= 0; i--) {
                int index = at.offset() + offset + i;
                value = value << 8 | (index < data.length ? data[index] & 0xffL : 0);
            }
            return value;
        }

        String text(int offset) {
            int end = offset;
            while (end < data.length && data[end] != 0) {
                end++;
            }
            return bytes(offset, end - offset);
        }

        /** Whether something printable lies there. */
        boolean isText(int offset) {
            return offset < data.length && data[offset] > ' ';
        }

        /** In double quotes, with escapes as C has them. */
        String bytes(int offset, int length) {
            String content = new String(
                    data, offset, Math.max(0, Math.min(length, data.length - offset)), StandardCharsets.UTF_8);
            StringBuilder text = new StringBuilder("\"");
            for (int i = 0; i < Math.min(content.length(), LONGEST_TEXT); i++) {
                text.append(escape(content.charAt(i)));
            }
            return text.append('"')
                    .append(content.length() > LONGEST_TEXT ? "…" : "")
                    .toString();
        }

        private static String escape(char c) {
            return switch (c) {
                case '"' -> "\\\"";
                case '\\' -> "\\\\";
                case '\n' -> "\\n";
                case '\t' -> "\\t";
                default ->
                    c >= ' ' && c != 0x7f
                            ? String.valueOf(c)
                            : "\\x" + Integer.toHexString(c | 0x100).substring(1);
            };
        }

        String texts(int offset) {
            StringBuilder text = new StringBuilder("[");
            for (int at = offset; at + 8 <= data.length; at += 8) {
                long pointer = word(new Data(at), 0);
                if (pointer <= 0 || pointer >= data.length) {
                    break;
                }
                text.append(at > offset ? ", " : "").append(text((int) pointer));
            }
            return text.append(']').toString();
        }
    }
}
