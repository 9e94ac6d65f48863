/**
 * Why a process may or may not use a file: the kernel's rules as pure functions ({@link dev.confine.runtime.access.Rules},
 * {@link dev.confine.runtime.access.Walk}), where their facts are read, and what would change the answer. It changes nothing.
 */
@NullMarked
package dev.confine.runtime.access;

import org.jspecify.annotations.NullMarked;
