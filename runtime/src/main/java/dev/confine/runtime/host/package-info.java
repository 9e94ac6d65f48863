/**
 * System calls that the JVM makes itself, on files of this host or of a container that it looks at, through jnr. Never used on the hot way: the native
 * library is loaded by the first call. What a call means is for the packages that make it.
 */
@NullMarked
package dev.confine.runtime.host;

import org.jspecify.annotations.NullMarked;
