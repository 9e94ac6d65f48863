package dev.confine.backend.jnr;

import dev.confine.spi.Caller;

/** The capabilities that writing id maps takes in the parent user namespace, user_namespaces(7). */
enum Privilege {
    SETGID(6),
    SETUID(7),
    SETFCAP(31);

    private final int bit;

    Privilege(int bit) {
        this.bit = bit;
    }

    boolean isHeldBy(Caller caller) {
        return (caller.capabilities() >>> bit & 1) == 1;
    }
}
