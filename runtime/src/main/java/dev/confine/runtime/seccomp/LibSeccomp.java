package dev.confine.runtime.seccomp;

import jnr.ffi.Pointer;

/** What is called of libseccomp and, to take its filter, of the C library; public because jnr implements it in a package of its own. */
public interface LibSeccomp {
    /** The filter's code is a binary tree and not a list, libseccomp ≥ 2.5. */
    int SCMP_FLTATR_CTL_OPTIMIZE = 8;
    /** The result of {@link #seccomp_syscall_resolve_name_arch} for a name that is not known. */
    int NR_SCMP_ERROR = -1;

    Pointer seccomp_version();

    int seccomp_api_set(int level);

    Pointer seccomp_init(int defaultAction);

    void seccomp_release(Pointer context);

    int seccomp_arch_native();

    int seccomp_arch_add(Pointer context, int arch);

    int seccomp_attr_set(Pointer context, int attribute, int value);

    int seccomp_syscall_resolve_name_arch(int arch, String name);

    int seccomp_rule_add_array(Pointer context, int action, int syscall, int count, Pointer conditions);

    int seccomp_export_bpf(Pointer context, int fd);

    int memfd_create(String name, int flags);

    long lseek(int fd, long offset, int whence);

    long read(int fd, Pointer buffer, long size);

    int close(int fd);
}
