/** The settings and the places they are read from. Knows nothing of what they are used for. */
@NullMarked
package dev.confine.cli.config;

import org.jspecify.annotations.NullMarked;
