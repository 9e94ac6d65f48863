/**
 * Reading JSON token by token, and writing it, for what a cold command reads and writes. A library would do but for its start: Jackson's parser initialises
 * BigDecimal, which takes longer on newer JDKs than all the rest of reading a configuration, and its generator costs a twentieth of a command. Knows no record.
 */
@NullMarked
package dev.confine.runtime.json;

import org.jspecify.annotations.NullMarked;
