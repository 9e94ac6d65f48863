/**
 * What the kernel says of processes and their namespaces, and which container they belong to: read from /proc and by ioctl_ns(2), changed never. It prints
 * nothing and decides nothing. Dear to load (NIO, jffi): no hot command comes here.
 */
@NullMarked
package dev.confine.runtime.inspect;

import org.jspecify.annotations.NullMarked;
