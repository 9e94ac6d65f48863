@NullMarked
package dev.confine.cli.verb;

import org.jspecify.annotations.NullMarked;
