/** What listings look like. */
@NullMarked
package dev.confine.launch.listing;

import org.jspecify.annotations.NullMarked;
