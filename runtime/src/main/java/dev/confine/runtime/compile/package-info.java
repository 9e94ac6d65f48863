/**
 * Compiles a container to its launch program. Pure: the same blueprint gives the same program, and nothing here asks the kernel or reads a file.
 * One class a section of the program; {@link dev.confine.runtime.compile.Compiler} is their order.
 */
@NullMarked
package dev.confine.runtime.compile;

import org.jspecify.annotations.NullMarked;
