/**
 * Unix sockets as the kernel has them, where the JDK's channels lack what counts: who the peer is, a listener that was inherited, datagrams to a service manager. Dear to load
 * (jffi): no hot command of a cold JVM comes here.
 */
@NullMarked
package dev.confine.runtime.socket;

import org.jspecify.annotations.NullMarked;
