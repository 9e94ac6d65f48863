@NullMarked
package dev.confine.runtime.socket;

import org.jspecify.annotations.NullMarked;
