/** The backend for ordinary users: maps are written by newuidmap and newgidmap, which know who owns which ids. Holds no lifecycle. */
@NullMarked
package dev.confine.backend.newuidmap;

import org.jspecify.annotations.NullMarked;
