/** How text looks to people: how wide it is, how wide it may be, colours, tables, trees. Knows no container and prints nothing. */
@NullMarked
package dev.confine.cli.text;

import org.jspecify.annotations.NullMarked;
