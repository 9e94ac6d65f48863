/** The backend for root: it writes id maps itself, and makes host-side system calls through jnr. Not for ordinary users, and no helper programs. */
@NullMarked
package dev.confine.backend.jnr;

import org.jspecify.annotations.NullMarked;
