@NullMarked
package dev.confine.runtime.criu;

import org.jspecify.annotations.NullMarked;
