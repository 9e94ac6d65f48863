@NullMarked
package dev.confine.cli.command;

import org.jspecify.annotations.NullMarked;
