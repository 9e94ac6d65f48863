/** What authors of Linux backends extend, and how backends are found. */
@NullMarked
package dev.confine.runtime;

import org.jspecify.annotations.NullMarked;
