/** Where containers are remembered between two commands: the state directory. It runs nothing and decides nothing. */
@NullMarked
package dev.confine.runtime.store;

import org.jspecify.annotations.NullMarked;
