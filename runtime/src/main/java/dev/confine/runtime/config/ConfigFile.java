package dev.confine.runtime.config;

import dev.confine.runtime.json.Place;
import dev.confine.validate.Violation;
import java.io.File;
import java.io.FileInputStream;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CoderResult;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** The text of config.json, bounded and strictly UTF-8. Knows nothing of JSON. */
final class ConfigFile {
    /** Far above any configuration in use (those of Kubernetes are some 40 KB), far below what would fill a JVM. */
    static final int LONGEST = 16 << 20;

    private ConfigFile() {}

    /**
     * The whole content.
     *
     * @throws ConfigException when it cannot be read or is larger than 16 MiB
     */
    static byte[] content(String file) {
        File place = new File(file);
        if (place.exists() && !place.isFile() && !place.isDirectory()) {
            // reading one may wait for ever
            throw ConfigException.file(file, "is a pipe, a socket or a device: the configuration is a regular file");
        }
        long size = place.length();
        if (size > LONGEST) {
            throw tooLarge(file, size);
        }
        try (FileInputStream in = new FileInputStream(file)) {
            byte[] bytes = in.readNBytes(LONGEST + 1);
            if (bytes.length > LONGEST) {
                throw tooLarge(file, bytes.length);
            }
            return bytes;
        } catch (FileNotFoundException e) {
            throw ConfigException.file(file, whyNotOpened(e));
        } catch (IOException e) {
            throw ConfigException.file(file, "cannot be read: " + e.getMessage());
        }
    }

    private static ConfigException tooLarge(String file, long size) {
        return ConfigException.file(
                file,
                "is larger than a configuration may be: " + size + " bytes or more, at most " + LONGEST + " are read");
    }

    /**
     * The content as text.
     *
     * @throws ConfigException when it is not UTF-8
     */
    static CharBuffer decode(String file, byte[] bytes) {
        ByteBuffer in = ByteBuffer.wrap(bytes);
        CharBuffer text = CharBuffer.allocate(bytes.length);
        CoderResult result = StandardCharsets.UTF_8.newDecoder().decode(in, text, true);
        if (result.isError()) {
            throw notUtf8(file, bytes, in.position());
        }
        text.flip();
        if (text.hasRemaining() && text.get(0) == '\ufeff') {
            throw ConfigException.file(file, "begins with a byte order mark: save it as UTF-8 without one");
        }
        return text;
    }

    private static ConfigException notUtf8(String file, byte[] bytes, int offset) {
        int line = 1;
        int column = 1;
        for (int i = 0; i < offset; i++) {
            boolean newline = bytes[i] == '\n';
            line += newline ? 1 : 0;
            column = newline ? 1 : column + ((bytes[i] & 0xc0) == 0x80 ? 0 : 1);
        }
        Violation violation = new Violation(
                "",
                "the byte 0x" + Integer.toHexString(bytes[offset] & 0xff)
                        + " is not UTF-8 here: save the file as UTF-8");
        return ConfigException.problems(file, List.of(new Problem(new Place(line, column), violation)));
    }

    /** The reason is in the exception's text alone, as strerror(3) words it: {@code /b/config.json (Permission denied)}. */
    private static String whyNotOpened(FileNotFoundException e) {
        String message = String.valueOf(e.getMessage());
        int open = message.lastIndexOf('(');
        String reason =
                open < 0 || !message.endsWith(")") ? message : message.substring(open + 1, message.length() - 1);
        return switch (reason) {
            case "No such file or directory" ->
                "no such file or directory (ENOENT): name the directory that holds it with --bundle, or write one there with: confine spec";
            case "Permission denied" ->
                "permission denied (EACCES): the file must be readable, and every directory above it searchable, for the user who runs confine";
            case "Is a directory" ->
                "is a directory (EISDIR): the configuration is a file, by default config.json in the bundle";
            case "Not a directory" -> "not a directory (ENOTDIR): something before the last name of the path is a file";
            case "Too many levels of symbolic links" ->
                "too many levels of symbolic links (ELOOP): the path is a loop of links";
            case "File name too long" -> "file name too long (ENAMETOOLONG)";
            case "Invalid file path" -> "is not a path: it contains the character NUL";
            default -> "cannot be opened: " + reason;
        };
    }
}
