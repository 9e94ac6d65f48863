/** The commands that show who a process is: namespaces and ids, as tables, JSON and pictures. What is shown is read by {@code runtime.inspect}. */
@NullMarked
package dev.confine.cli.identity;

import org.jspecify.annotations.NullMarked;
