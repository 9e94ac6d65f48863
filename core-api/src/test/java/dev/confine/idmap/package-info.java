/** Tests of id maps. */
@NullMarked
package dev.confine.idmap;

import org.jspecify.annotations.NullMarked;
