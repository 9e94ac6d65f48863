/** Tests of the backend for ordinary users. */
@NullMarked
package dev.confine.backend.newuidmap;

import org.jspecify.annotations.NullMarked;
