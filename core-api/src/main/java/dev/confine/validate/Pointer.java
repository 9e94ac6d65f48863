package dev.confine.validate;

/** Builds JSON pointers, RFC 6901. */
final class Pointer {
    private Pointer() {}

    /** {@code parent} and a property, whose name is escaped. */
    static String key(String parent, String name) {
        if (name.indexOf('~') < 0 && name.indexOf('/') < 0) {
            return parent + "/" + name;
        }
        return parent + "/" + name.replace("~", "~0").replace("/", "~1");
    }

    /** {@code parent} and an element of a list. */
    static String item(String parent, int index) {
        return parent + "/" + index;
    }
}
