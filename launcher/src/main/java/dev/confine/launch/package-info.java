/** The launch program: its model, assembler, verifier and listing. What a container needs of it is decided elsewhere. */
@NullMarked
package dev.confine.launch;

import org.jspecify.annotations.NullMarked;
