package dev.confine.runtime.cgroup;

import java.util.List;

/** The host's files as a plan looks at them. */
interface Tree {
    boolean exists(String path);

    /** Whether the caller may write there, access(2). */
    boolean writable(String path);

    /** The file's text, empty where there is none. */
    String read(String path);

    /** The names of the directories in a directory. */
    List<String> directories(String path);
}
