/**
 * Reading JSON token by token, for what a cold command reads. A library's parser would do but for its start: that of Jackson initialises BigDecimal,
 * which takes longer on newer JDKs than all the rest of reading a configuration. Writes no JSON and knows no record.
 */
@NullMarked
package dev.confine.runtime.json;

import org.jspecify.annotations.NullMarked;
