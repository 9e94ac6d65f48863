@NullMarked
package dev.confine.cli;

import org.jspecify.annotations.NullMarked;
