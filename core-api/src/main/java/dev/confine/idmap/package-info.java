/** Maps between ids inside and outside of a user namespace: checking, splitting, composing, translating, subordinate ranges. Writes no map. */
@NullMarked
package dev.confine.idmap;

import org.jspecify.annotations.NullMarked;
