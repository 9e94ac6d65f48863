package dev.confine.backend.jnr;

import jnr.ffi.Pointer;

/** What is called of the C library; public because jnr implements it in a package of its own. The numbers are those of every architecture. */
public interface LibC {
    long PIDFD_SEND_SIGNAL = 424;
    long PIDFD_OPEN = 434;

    /** syscall(2) with two arguments. */
    long syscall(long number, long first, long second);

    /** syscall(2) with four arguments. */
    long syscall(long number, long first, long second, long third, long fourth);

    /** statfs(2); the first eight bytes of its buffer are the file system's number on 64-bit machines. */
    int statfs(String path, Pointer buffer);
}
