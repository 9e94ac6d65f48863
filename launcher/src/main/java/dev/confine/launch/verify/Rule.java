package dev.confine.launch.verify;

import dev.confine.launch.Syscall;

/** One invariant. It looks at one system call in one process and keeps nothing. */
interface Rule {
    /** Finds what is wrong with the system call at {@code site} when it is reached with {@code before}. */
    void check(Site site, Syscall syscall, State before, Findings findings);
}
