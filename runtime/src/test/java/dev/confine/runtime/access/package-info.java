@NullMarked
package dev.confine.runtime.access;

import org.jspecify.annotations.NullMarked;
