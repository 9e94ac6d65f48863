@NullMarked
package dev.confine.cli.text;

import org.jspecify.annotations.NullMarked;
