@NullMarked
package dev.confine.runtime.doctor;

import org.jspecify.annotations.NullMarked;
