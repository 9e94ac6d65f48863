/** systemd as the manager of cgroups: names, properties and the conversation with it. Only {@link BusSystemd} knows D-Bus, and is loaded where it is needed. */
@NullMarked
package dev.confine.runtime.systemd;

import org.jspecify.annotations.NullMarked;
