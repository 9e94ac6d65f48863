@NullMarked
package dev.confine.runtime;

import org.jspecify.annotations.NullMarked;
