@NullMarked
package dev.confine.runtime.inspect;

import org.jspecify.annotations.NullMarked;
