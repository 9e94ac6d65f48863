/** One good program, and for each rule programs that break it. */
@NullMarked
package dev.confine.launch.verify;

import org.jspecify.annotations.NullMarked;
