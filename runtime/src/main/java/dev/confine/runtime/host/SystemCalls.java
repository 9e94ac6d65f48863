package dev.confine.runtime.host;

/**
 * What is called of the C library; public because jnr implements it in a package of its own. Memory is given as its address. None has more than five
 * arguments: what jnr-ffi 2.3.0 makes for six does not run on x86_64.
 */
public interface SystemCalls {
    /** syscall(2) with four arguments. */
    long syscall(long number, long first, long second, long third, long fourth);

    int statx(int directory, long path, int flags, int mask, long buffer);

    int fchownat(int directory, long path, int uid, int gid, int flags);

    int setxattr(long path, long name, long value, long size, int flags);
}
