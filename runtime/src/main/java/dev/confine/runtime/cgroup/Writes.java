package dev.confine.runtime.cgroup;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Collects writes to the files of one cgroup, each with the field of {@code linux.resources} that asks for it. */
final class Writes {
    static final String AT = "/linux/resources/";

    private final List<Write> list = new ArrayList<>();

    List<Write> list() {
        return list;
    }

    void add(Write write) {
        list.add(write);
    }

    void text(String file, String value, String field) {
        list.add(new Write(file, value, AT + field));
    }

    void signed(String file, @Nullable Long value, String field) {
        if (value != null) {
            text(file, Long.toString(value), field);
        }
    }

    void unsigned(String file, @Nullable Long value, String field) {
        if (value != null) {
            text(file, Long.toUnsignedString(value), field);
        }
    }

    /** A value of which engines that always write it mean nothing by 0. */
    static @Nullable Long set(@Nullable Long value) {
        return value == null || value == 0 ? null : value;
    }
}
