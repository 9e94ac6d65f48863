/** What is done with a container from its making to its end: the conversation with the front around each program. How a program looks is the compiler's. */
@NullMarked
package dev.confine.runtime.lifecycle;

import org.jspecify.annotations.NullMarked;
