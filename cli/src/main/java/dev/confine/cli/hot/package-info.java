/** The small parser for what callers start all day. Declines what it does not know; decides nothing picocli would decide otherwise. */
@NullMarked
package dev.confine.cli.hot;

import org.jspecify.annotations.NullMarked;
