package dev.confine.runtime.compile;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** The words among a mount's options that confine itself understands, for those who ask; every other word goes to the file system as it is. */
public final class MountOptions {
    private MountOptions() {}

    /** Sorted. */
    public static List<String> words() {
        List<String> words = new ArrayList<>(MountWords.known());
        Collections.sort(words);
        return words;
    }
}
