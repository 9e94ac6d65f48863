/**
 * Maps between ids inside and outside of a user namespace: checking, splitting, composing, translating; subordinate ranges and the presets made
 * of them; the map files of /proc. Starts no namespace and decides on no privilege: who may write which map is for the backends.
 */
@NullMarked
package dev.confine.idmap;

import org.jspecify.annotations.NullMarked;
