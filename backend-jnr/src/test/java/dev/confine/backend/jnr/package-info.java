/** Tests of the backend for root. */
@NullMarked
package dev.confine.backend.jnr;

import org.jspecify.annotations.NullMarked;
