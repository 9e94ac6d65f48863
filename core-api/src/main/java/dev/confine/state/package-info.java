/** What is known of a container between two commands. Keeps it nowhere. */
@NullMarked
package dev.confine.state;

import org.jspecify.annotations.NullMarked;
