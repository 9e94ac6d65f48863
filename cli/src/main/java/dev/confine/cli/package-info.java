/** The command's entry: connects to the front, tries the hot way, else boots Quarkus. Knows no verb's work. */
@NullMarked
package dev.confine.cli;

import org.jspecify.annotations.NullMarked;
