package dev.confine.runtime.ownership;

import dev.confine.ConfineException;
import dev.confine.idmap.Extent;
import dev.confine.idmap.IdMap;
import dev.confine.idmap.IdMaps;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What a shift has touched, as it was before, one line a file, each written before the file is changed: so whoever is killed in between can go on, or go back.
 * A last line without its end was written by somebody who was killed, and the file was not touched yet.
 *
 * @param tree absolute path
 * @param before the files by what tells them apart
 * @param done the shift has come to its end
 */
public record Journal(String tree, IdShift shift, Map<Owned.Key, Owned> before, boolean done) {
    private static final String MAGIC = "confine chown-map 1";
    private static final String DONE = "done";

    /** Reads one. Only a plain file of the user's own is trusted. */
    public static Journal read(Path file, long uid) {
        try {
            int owner = (Integer) Files.getAttribute(file, "unix:uid", LinkOption.NOFOLLOW_LINKS);
            if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS) || (owner != uid && owner != 0)) {
                throw new ConfineException("journal " + file + " is no plain file of your own: it is not trusted");
            }
            return parse(Files.readString(file, StandardCharsets.UTF_8), file);
        } catch (NoSuchFileException e) {
            throw new ConfineException("read journal " + file + ": ENOENT: there is none (it is beside the tree)", e);
        } catch (IOException e) {
            throw new ConfineException("read journal " + file + ": " + e.getMessage(), e);
        }
    }

    static Journal parse(String text, Path file) {
        List<String> lines = new ArrayList<>(List.of(text.split("\n", -1)));
        // what follows the last line feed is no line
        lines.remove(lines.size() - 1);
        if (lines.size() < 5 || !lines.get(0).equals(MAGIC)) {
            throw new ConfineException("journal " + file + " is none of chown-map");
        }
        boolean back = lines.get(2).equals("back");
        IdShift shift = new IdShift(new IdMaps(map(lines.get(3)), map(lines.get(4))), back);
        Map<Owned.Key, Owned> before = new HashMap<>();
        boolean done = false;
        for (String line : lines.subList(5, lines.size())) {
            if (line.equals(DONE)) {
                done = true;
            } else {
                Owned owned = Owned.parse(line);
                before.putIfAbsent(owned.key(), owned);
            }
        }
        return new Journal(lines.get(1), shift, before, done);
    }

    private static IdMap map(String words) {
        List<Extent> extents = new ArrayList<>();
        for (String word : words.split(" ")) {
            extents.add(Extent.parse(word));
        }
        return new IdMap(extents);
    }

    /** Where a journal is written. */
    public static final class Writer implements AutoCloseable {
        private final FileChannel out;
        private final Path file;
        /** Where the head of one that this writer made ends. */
        private long head = -1;
        /** Where the last record begins. */
        private long last;

        private Writer(Path file, FileChannel out) {
            this.file = file;
            this.out = out;
        }

        /** A new one. */
        public static Writer create(Path file, String tree, IdShift shift) {
            try {
                Files.createFile(
                        file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
                Writer writer = resume(file);
                writer.line(MAGIC + "\n" + tree + "\n" + (shift.back() ? "back" : "forth") + "\n"
                        + words(shift.maps().uids()) + "\n" + words(shift.maps().gids()));
                writer.head = writer.out.position();
                return writer;
            } catch (IOException e) {
                throw failure(file, e);
            }
        }

        /** Goes on with one, which nobody else writes to; what somebody who was killed left of a line is cut off. */
        public static Writer resume(Path file) {
            try {
                FileChannel out = FileChannel.open(
                        file, StandardOpenOption.READ, StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS);
                if (out.tryLock() == null) {
                    out.close();
                    throw new ConfineException("journal " + file + ": EAGAIN: somebody is at work with it");
                }
                cut(out);
                return new Writer(file, out);
            } catch (IOException e) {
                throw failure(file, e);
            }
        }

        /** To the end of the last whole line. */
        private static void cut(FileChannel out) throws IOException {
            long end = out.size();
            ByteBuffer one = ByteBuffer.allocate(1);
            while (end > 0) {
                one.clear();
                out.read(one, end - 1);
                if (one.get(0) == '\n') {
                    break;
                }
                end--;
            }
            out.truncate(end);
            out.position(end);
        }

        private static String words(IdMap map) {
            StringBuilder words = new StringBuilder();
            for (Extent extent : map.extents()) {
                words.append(words.length() == 0 ? "" : " ")
                        .append(extent.toString().replace(' ', ':'));
            }
            return words.toString();
        }

        /** In one write(2). */
        private void line(String line) {
            try {
                ByteBuffer bytes = ByteBuffer.wrap((line + "\n").getBytes(StandardCharsets.UTF_8));
                while (bytes.hasRemaining()) {
                    out.write(bytes);
                }
            } catch (IOException e) {
                throw failure(file, e);
            }
        }

        void before(Owned owned) {
            try {
                last = out.position();
            } catch (IOException e) {
                throw failure(file, e);
            }
            line(owned.line());
        }

        /** The last file was not changed after all. */
        void untouched() {
            try {
                out.truncate(last);
            } catch (IOException e) {
                throw failure(file, e);
            }
        }

        /** Removes one that this writer made and that has no record: there is nothing to take back. False for another. */
        public boolean removeUnused() {
            try {
                return out.size() == head && Files.deleteIfExists(file);
            } catch (IOException e) {
                throw failure(file, e);
            }
        }

        public void done() {
            line(DONE);
        }

        /** Has it on disk. */
        public void sync() {
            try {
                out.force(true);
            } catch (IOException e) {
                throw failure(file, e);
            }
        }

        @Override
        public void close() {
            try {
                out.close();
            } catch (IOException e) {
                throw failure(file, e);
            }
        }

        private static ConfineException failure(Path file, IOException e) {
            return new ConfineException("write journal " + file + ": " + reason(e) + " (say where with --journal)", e);
        }

        /** Java has these three as classes, whose message is the path alone. */
        private static String reason(IOException e) {
            if (e instanceof AccessDeniedException) {
                return "EACCES: permission denied";
            }
            if (e instanceof NoSuchFileException) {
                return "ENOENT: its directory does not exist";
            }
            return e instanceof FileAlreadyExistsException
                    ? "EEXIST: somebody else has begun"
                    : String.valueOf(e.getMessage());
        }
    }
}
