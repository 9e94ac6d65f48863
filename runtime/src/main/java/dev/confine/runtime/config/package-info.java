/**
 * config.json as a file: reading it into the records of spec, writing them, the one that {@code confine spec} writes, and where in the file a
 * value stands. Knows no rule about what values mean.
 */
@NullMarked
package dev.confine.runtime.config;

import org.jspecify.annotations.NullMarked;
