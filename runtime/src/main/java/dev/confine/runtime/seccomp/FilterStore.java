package dev.confine.runtime.seccomp;

import dev.confine.spi.Log;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Set;

/**
 * Writes filters to a directory that is the caller's alone, and to no other: root with a user's HOME leaves nothing there. What cannot be written is
 * not kept.
 */
final class FilterStore {
    /** As many as a host has profiles, and then some. */
    private static final int MOST = 64;

    private static final FileAttribute<?> DIRECTORY =
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"));
    private static final FileAttribute<?> FILE =
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));

    private final Path directory;
    private final long uid;
    private final Log log;

    /** @param directory absolute, at least three deep */
    FilterStore(String directory, long uid, Log log) {
        this.directory = Path.of(directory);
        this.uid = uid;
        this.log = log;
    }

    /** Whole or not at all: a reader sees the old file or the new one. */
    void keep(String name, byte[] content) {
        try {
            makeDirectory(directory, 3);
            forgetOldest();
            Path temporary = Files.createTempFile(directory, name, ".new", FILE);
            try {
                Files.write(temporary, content);
                Files.move(temporary, directory.resolve(name), StandardCopyOption.ATOMIC_MOVE);
            } finally {
                Files.deleteIfExists(temporary);
            }
        } catch (IOException | UnsupportedOperationException e) {
            log.debug("the seccomp filter is not kept in " + directory + ": " + e);
        }
    }

    /** Makes it and as many levels in all where they are missing, beneath one that is the caller's alone. */
    private void makeDirectory(Path path, int levels) throws IOException {
        if (levels > 0 && !Files.exists(path, LinkOption.NOFOLLOW_LINKS)) {
            Path parent = path.getParent();
            if (parent == null) {
                throw new IOException("it is not absolute");
            }
            makeDirectory(parent, levels - 1);
            Files.createDirectory(path, DIRECTORY);
        }
        PosixFileAttributes attributes =
                Files.readAttributes(path, PosixFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
        Set<PosixFilePermission> permissions = attributes.permissions();
        int owner = (Integer) Files.getAttribute(path, "unix:uid", LinkOption.NOFOLLOW_LINKS);
        if (!attributes.isDirectory()
                || Integer.toUnsignedLong(owner) != uid
                || permissions.contains(PosixFilePermission.GROUP_WRITE)
                || permissions.contains(PosixFilePermission.OTHERS_WRITE)) {
            throw new IOException(path + " is no directory of uid " + uid + " alone");
        }
    }

    private void forgetOldest() {
        File[] files = directory.toFile().listFiles();
        if (files != null && files.length >= MOST) {
            Arrays.sort(files, Comparator.comparingLong(File::lastModified));
            for (int i = 0; i <= files.length - MOST; i++) {
                files[i].delete();
            }
        }
    }
}
