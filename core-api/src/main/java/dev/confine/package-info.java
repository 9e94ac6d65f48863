/** What every part of confine shares: its one kind of expected failure. */
@NullMarked
package dev.confine;

import org.jspecify.annotations.NullMarked;
