/** Shows a launch program to people and to other programs: {@code confine plan}. It reads programs only, and decides nothing. */
@NullMarked
package dev.confine.launch.listing;

import org.jspecify.annotations.NullMarked;
