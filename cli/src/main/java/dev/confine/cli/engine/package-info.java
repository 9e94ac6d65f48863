/** One warm JVM for any number of callers: who may be answered, how many at once, and until when. What a command does is not here. */
@NullMarked
package dev.confine.cli.engine;

import org.jspecify.annotations.NullMarked;
