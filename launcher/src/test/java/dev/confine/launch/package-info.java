/** Tests of the launch program, and the scripted conversation that other modules test with. */
@NullMarked
package dev.confine.launch;

import org.jspecify.annotations.NullMarked;
