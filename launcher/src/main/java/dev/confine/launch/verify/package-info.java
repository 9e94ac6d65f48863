/**
 * Proves a launch program's invariants before it runs, by following every path through it. A rule a class. It knows the kernel's interface,
 * and nothing of containers or of who wrote the program; what a program is for is not judged here.
 */
@NullMarked
package dev.confine.launch.verify;

import org.jspecify.annotations.NullMarked;
