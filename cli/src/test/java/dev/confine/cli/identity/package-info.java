@NullMarked
package dev.confine.cli.identity;

import org.jspecify.annotations.NullMarked;
