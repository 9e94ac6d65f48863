/** What stands on the command line, as values that both parsers make. Checks no value and does nothing. */
@NullMarked
package dev.confine.cli.args;

import org.jspecify.annotations.NullMarked;
