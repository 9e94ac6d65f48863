package dev.confine.launch.verify;

/** One invariant. It looks at one instruction in one process and keeps nothing. */
interface Rule {
    /** Finds what is wrong with the instruction at {@code site} when it is reached with {@code before}. */
    void check(Site site, State before, Findings findings);
}
