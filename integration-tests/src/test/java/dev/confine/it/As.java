package dev.confine.it;

import java.util.List;

/** Who runs confine. */
enum As {
    ROOT,
    USER;

    /** Skips the test, or fails it where the surroundings promise otherwise, when this machine cannot run it so. */
    void require() {
        Host.require(this == ROOT ? "root" : "user");
    }

    /** What stands before a command that this one runs. */
    List<String> prefix() {
        return this == ROOT || !Host.isRoot() ? List.of() : Account.ordinary().prefix();
    }

    long uid() {
        return this == ROOT ? 0 : Account.ordinary().uid();
    }

    String userName() {
        return this == ROOT ? "root" : Account.ordinary().name();
    }

    /** The first of many host ids that a container of this one may use: root may use any, an ordinary user those of its range. */
    long firstSubordinate() {
        return this == ROOT ? 500_000 : Account.ordinary().firstSubordinate();
    }
}
