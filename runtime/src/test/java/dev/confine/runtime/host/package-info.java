@NullMarked
package dev.confine.runtime.host;

import org.jspecify.annotations.NullMarked;
