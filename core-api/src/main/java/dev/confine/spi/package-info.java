/** What a backend implements and what it is given. Every type here is API for authors of backends. */
@NullMarked
package dev.confine.spi;

import org.jspecify.annotations.NullMarked;
