/** The picocli model: one class a verb, which turns options into a verb's value. Does no work of a verb. */
@NullMarked
package dev.confine.cli.command;

import org.jspecify.annotations.NullMarked;
