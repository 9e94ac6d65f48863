package dev.confine.spi;

/**
 * A backend that has dear things to load on the way of a first container and lets a build record them in a cache of classes. It is called by that build
 * alone, where neither privileges nor subordinate ids are to be had.
 */
public interface Rehearsal {
    /** Loads what a container would have loaded, without making one. Leaves nothing behind. */
    void rehearse();
}
