/**
 * The owners of a tree changed from ids of a container to those of the host, or back: in steps that can be interrupted, gone on with and undone. Which map is
 * right is for who asks.
 */
@NullMarked
package dev.confine.runtime.ownership;

import org.jspecify.annotations.NullMarked;
