/** Messages of rtnetlink(7), as bytes: written and read, and sent by nobody here. Linux on little-endian machines. */
@NullMarked
package dev.confine.runtime.netlink;

import org.jspecify.annotations.NullMarked;
