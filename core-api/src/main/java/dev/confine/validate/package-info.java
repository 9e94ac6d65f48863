/** Rules over the records of spec: all violations of a configuration at once, each with its JSON pointer. Reads no file and asks no kernel. */
@NullMarked
package dev.confine.validate;

import org.jspecify.annotations.NullMarked;
