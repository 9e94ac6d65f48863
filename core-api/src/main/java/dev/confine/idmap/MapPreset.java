package dev.confine.idmap;

import dev.confine.Quoted;
import java.util.List;

/** Maps that have a name, {@code --map}. What each is made of on a host is for {@link MapRequest}. */
public enum MapPreset {
    /** An ordinary user: the own id as root and all subordinate ids after it. Root: root's subordinate ids, or a range that nobody uses, from 0 on. */
    AUTO("auto"),
    /** The own id as root and no other; needs no helper. */
    SELF("self"),
    /** The own id as itself, and the subordinate ids around it from 0 on. */
    KEEP_ID("keep-id");

    private final String word;

    MapPreset(String word) {
        this.word = word;
    }

    /** As in {@code --map}. */
    public String word() {
        return word;
    }

    /** @throws IdMapException with the words there are */
    public static MapPreset parse(String word) {
        for (MapPreset preset : values()) {
            if (preset.word.equals(word)) {
                return preset;
            }
        }
        throw new IdMapException(
                "--map " + Quoted.text(word) + " is not known: it is auto, self or keep-id", List.of());
    }
}
