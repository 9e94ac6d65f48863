/**
 * What a container uses, as the kernel counts it. Depends on nothing of ours; reads no file. Counters are unsigned 64 bits in a long, bytes and nanoseconds unless said
 * otherwise; what the kernel does not count is 0, empty or null.
 */
@NullMarked
package dev.confine.stats;

import org.jspecify.annotations.NullMarked;
