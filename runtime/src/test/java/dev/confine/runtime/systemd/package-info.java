@NullMarked
package dev.confine.runtime.systemd;

import org.jspecify.annotations.NullMarked;
