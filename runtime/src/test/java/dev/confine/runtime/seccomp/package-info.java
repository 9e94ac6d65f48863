@NullMarked
package dev.confine.runtime.seccomp;

import org.jspecify.annotations.NullMarked;
