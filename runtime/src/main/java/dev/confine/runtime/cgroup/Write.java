package dev.confine.runtime.cgroup;

import org.jspecify.annotations.Nullable;

/**
 * A value for a file of a cgroup.
 *
 * @param path of the file, absolute, or its name where the directory is not known yet
 * @param pointer to what asks for it in config.json, empty where nothing does
 * @param optional whether it is no error when the kernel refuses it
 * @param otherwise what is written in its place where there is no such file, or null
 */
public record Write(
        String path,
        String value,
        String pointer,
        boolean optional,
        @Nullable Write otherwise) {
    Write(String path, String value, String pointer) {
        this(path, value, pointer, false, null);
    }

    /** One that may fail. */
    public static Write attempt(String path, String value) {
        return new Write(path, value, "", true, null);
    }

    /** In a directory. */
    Write in(String directory) {
        return new Write(
                directory + "/" + path, value, pointer, optional, otherwise == null ? null : otherwise.in(directory));
    }
}
