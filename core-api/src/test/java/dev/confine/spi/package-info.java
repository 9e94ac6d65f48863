/** The contract that every backend is held to, for its own tests to extend. */
@NullMarked
package dev.confine.spi;

import org.jspecify.annotations.NullMarked;
