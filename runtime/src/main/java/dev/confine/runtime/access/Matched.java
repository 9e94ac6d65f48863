package dev.confine.runtime.access;

/**
 * Which of the classes of a file somebody falls into; the kernel takes the first that fits and looks no further, but for groups of an access control list.
 *
 * @param id of a named entry, or of the group that matched; else {@link Inode#UNKNOWN}
 * @param permissions what that class gives, without what the mask takes
 * @param masked what the mask takes
 */
public record Matched(Kind kind, long id, int permissions, int masked) {
    /** The classes, in the order they are tried. */
    public enum Kind {
        OWNER("owner"),
        ACL_USER("user entry"),
        GROUP("group"),
        ACL_GROUP("group entry"),
        OTHER("other");

        private final String word;

        Kind(String word) {
            this.word = word;
        }

        public String word() {
            return word;
        }
    }
}
