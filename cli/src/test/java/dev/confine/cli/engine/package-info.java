@NullMarked
package dev.confine.cli.engine;

import org.jspecify.annotations.NullMarked;
