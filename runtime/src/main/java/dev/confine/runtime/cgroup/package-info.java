/**
 * Where a container's cgroups lie and what is written to them, {@code config-linux.md#control-groups}. It looks at the host and changes nothing: the result is a
 * plan, which the compiler turns into instructions.
 */
@NullMarked
package dev.confine.runtime.cgroup;

import org.jspecify.annotations.NullMarked;
