/** Work that has a thread of its own. */
@NullMarked
package dev.confine.runtime.thread;

import org.jspecify.annotations.NullMarked;
