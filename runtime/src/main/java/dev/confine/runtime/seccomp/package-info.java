/**
 * From {@code linux.seccomp} to the classic BPF program that the kernel takes: libseccomp makes it, and a cache keeps it. Whatever loads a native library
 * stays in {@link dev.confine.runtime.seccomp.FilterMaker}. Setting the filter is the compiler's.
 */
@NullMarked
package dev.confine.runtime.seccomp;

import org.jspecify.annotations.NullMarked;
