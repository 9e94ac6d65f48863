@NullMarked
package dev.confine.runtime.ownership;

import org.jspecify.annotations.NullMarked;
