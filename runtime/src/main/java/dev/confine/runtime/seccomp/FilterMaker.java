package dev.confine.runtime.seccomp;

import dev.confine.ConfineException;
import dev.confine.Quoted;
import dev.confine.launch.Errno;
import dev.confine.spec.Seccomp;
import dev.confine.spec.Seccomp.Arch;
import dev.confine.spec.Syscall;
import dev.confine.spec.SyscallArg;
import dev.confine.spi.Log;
import java.io.BufferedReader;
import java.io.ByteArrayOutputStream;
import java.io.File;
import java.io.FileReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import jnr.ffi.LibraryLoader;
import jnr.ffi.Memory;
import jnr.ffi.Pointer;
import jnr.ffi.Runtime;
import org.jspecify.annotations.Nullable;

/**
 * Makes filters with libseccomp, through jnr. The native libraries are loaded by the first filter, not before. A name that libseccomp does not know is left
 * out, as peers do: profiles name calls of all architectures and of newer kernels.
 */
final class FilterMaker implements KeptFilters.Maker {
    /** What of libseccomp depends on the kernel is there in every kernel that confine runs on, so no kernel is asked. */
    private static final int API_LEVEL = 6;
    /** With fewer rules a list is as good, and libseccomp ≤ 2.5.4 makes a wrong tree of none. */
    private static final int RULES_FOR_A_TREE = 32;

    private static final int CONDITION_BYTES = 24;
    private static final int MOST_CONDITIONS = 6;
    private static final int MFD_CLOEXEC = 1;
    private static final int SEEK_SET = 0;
    private static final int SEEK_END = 2;
    private static final long ENOSYS = 38;

    /** Initialised on first use, which loads the libraries. */
    private static final class Native {
        static final LibSeccomp LIBRARY = LibraryLoader.create(LibSeccomp.class)
                .library("c")
                .library("libseccomp.so.2")
                .load();
        static final Runtime RUNTIME = Runtime.getRuntime(LIBRARY);
        static final String VERSION = version(LIBRARY.seccomp_version());
        static final int ARCH = LIBRARY.seccomp_arch_native();

        static {
            // an older library has fewer levels, and then decides for itself
            LIBRARY.seccomp_api_set(API_LEVEL);
        }

        private static String version(Pointer numbers) {
            return "libseccomp " + numbers.getInt(0) + "." + numbers.getInt(4) + "." + numbers.getInt(8);
        }
    }

    private final Log log;

    FilterMaker(Log log) {
        this.log = log;
    }

    @Override
    public byte[] filter(Seccomp seccomp) {
        LibSeccomp library = load();
        Pointer context = library.seccomp_init(seccomp.defaultAction().number(seccomp.defaultErrnoRet()));
        if (context == null) {
            throw new ConfineException(Native.VERSION + " does not know the action " + seccomp.defaultAction()
                    + ": install a newer one (config.json /linux/seccomp/defaultAction)");
        }
        try {
            architectures(library, context, seccomp.architectures());
            rules(library, context, Rule.of(seccomp));
            return whole(newerCalls(library, seccomp), export(library, context));
        } finally {
            library.seccomp_release(context);
        }
    }

    @Override
    public void requireKnown(Seccomp seccomp) {
        LibSeccomp library = load();
        Set<String> unknown = new LinkedHashSet<>();
        for (Rule rule : Rule.of(seccomp)) {
            if (library.seccomp_syscall_resolve_name_arch(Native.ARCH, rule.name()) == LibSeccomp.NR_SCMP_ERROR) {
                unknown.add(Quoted.text(rule.name()));
            }
        }
        if (!unknown.isEmpty()) {
            throw new ConfineException(Native.VERSION + " does not know " + String.join(", ", unknown)
                    + ": remove it from /linux/seccomp/syscalls, or the annotation that makes it an error (config.json /annotations/"
                    + UNKNOWN_CALL_FAILS + ")");
        }
    }

    /** The file that is mapped, proc_pid_maps(5): its path is the last column. */
    @Override
    public @Nullable String library() {
        try (BufferedReader maps = new BufferedReader(new FileReader("/proc/self/maps", StandardCharsets.UTF_8))) {
            for (String line = maps.readLine(); line != null; line = maps.readLine()) {
                int path = line.indexOf('/');
                if (path >= 0 && line.indexOf("/libseccomp.so", path) >= 0 && new File(line.substring(path)).isFile()) {
                    return line.substring(path);
                }
            }
        } catch (IOException e) {
            log.debug("/proc/self/maps: " + e.getMessage());
        }
        return null;
    }

    private static LibSeccomp load() {
        try {
            return Native.LIBRARY;
        } catch (LinkageError e) {
            throw new ConfineException(
                    "a seccomp filter needs libseccomp.so.2, and it cannot be loaded: install it (Debian, Ubuntu: apt-get install libseccomp2;"
                            + " Fedora: dnf install libseccomp), or remove the filter (config.json /linux/seccomp)",
                    e);
        }
    }

    private static void architectures(LibSeccomp library, Pointer context, List<Arch> architectures) {
        for (int i = 0; i < architectures.size(); i++) {
            Arch arch = architectures.get(i);
            int result = library.seccomp_arch_add(context, arch.number());
            // the native one is there, and so is one that is named twice
            if (result != 0 && -result != Errno.EEXIST.number()) {
                String reason = -result == Errno.EDOM.number()
                        ? "its bytes are in another order than this machine's"
                        : Native.VERSION + " does not know it (" + Errno.describe(-result) + ")";
                throw new ConfineException("seccomp architecture " + arch + ": " + reason
                        + ": remove it (config.json /linux/seccomp/architectures/" + i + ")");
            }
        }
    }

    private void rules(LibSeccomp library, Pointer context, List<Rule> rules) {
        if (rules.size() > RULES_FOR_A_TREE) {
            // without it, in libseccomp < 2.5, the filter is a list and does the same
            library.seccomp_attr_set(context, LibSeccomp.SCMP_FLTATR_CTL_OPTIMIZE, 2);
        }
        Pointer conditions = Memory.allocateDirect(Native.RUNTIME, CONDITION_BYTES * MOST_CONDITIONS, true);
        Set<String> unknown = new LinkedHashSet<>();
        for (Rule rule : rules) {
            int number = library.seccomp_syscall_resolve_name_arch(Native.ARCH, rule.name());
            if (number == LibSeccomp.NR_SCMP_ERROR) {
                unknown.add(rule.name());
            } else {
                put(conditions, rule.conditions());
                int count = rule.conditions().size();
                int result = library.seccomp_rule_add_array(context, rule.action(), number, count, conditions);
                if (result != 0) {
                    throw refused(rule, -result);
                }
            }
        }
        if (!unknown.isEmpty()) {
            log.debug(Native.VERSION + " does not know, so the filter is made without: " + String.join(" ", unknown));
        }
    }

    private static ConfineException refused(Rule rule, int errno) {
        return new ConfineException("seccomp rule for " + Quoted.text(rule.name()) + ": " + Errno.describe(errno) + ": "
                + Native.VERSION + " does not take it (config.json /linux/seccomp/syscalls/" + rule.entry() + ")");
    }

    /** An array of {@code scmp_arg_cmp}. */
    private static void put(Pointer memory, List<SyscallArg> conditions) {
        for (int i = 0; i < conditions.size(); i++) {
            SyscallArg condition = conditions.get(i);
            int at = CONDITION_BYTES * i;
            memory.putInt(at, condition.index());
            memory.putInt(at + 4, condition.op().number());
            memory.putLong(at + 8, condition.value());
            memory.putLong(at + 16, condition.valueTwo());
        }
    }

    private static byte[] newerCalls(LibSeccomp library, Seccomp seccomp) {
        NewerCalls newer = new NewerCalls();
        Long errno = seccomp.defaultErrnoRet();
        if (seccomp.defaultAction().permits() || (errno != null && errno == ENOSYS)) {
            return newer.code();
        }
        newer.newest(Native.ARCH, newest(library, Native.ARCH, seccomp));
        for (Arch arch : seccomp.architectures()) {
            newer.newest(arch.audited(), newest(library, arch.number(), seccomp));
        }
        return newer.code();
    }

    private static int newest(LibSeccomp library, int arch, Seccomp seccomp) {
        int newest = 0;
        for (Syscall entry : seccomp.syscalls()) {
            for (String name : entry.names()) {
                newest = Math.max(newest, library.seccomp_syscall_resolve_name_arch(arch, name));
            }
        }
        return newest;
    }

    private static byte[] export(LibSeccomp library, Pointer context) {
        int fd = library.memfd_create("filter", MFD_CLOEXEC);
        if (fd < 0) {
            throw new ConfineException("seccomp filter: memfd_create failed");
        }
        try {
            int result = library.seccomp_export_bpf(context, fd);
            if (result != 0) {
                throw new ConfineException("seccomp filter: " + Errno.describe(-result) + ": " + Native.VERSION
                        + " cannot make it (config.json /linux/seccomp)");
            }
            int size = (int) library.lseek(fd, 0, SEEK_END);
            byte[] filter = new byte[size];
            Pointer memory = Memory.allocateDirect(Native.RUNTIME, size);
            library.lseek(fd, 0, SEEK_SET);
            if (library.read(fd, memory, size) != size) {
                throw new ConfineException("seccomp filter: it cannot be read back");
            }
            memory.get(0, filter, 0, size);
            return filter;
        } finally {
            library.close(fd);
        }
    }

    private static byte[] whole(byte[] before, byte[] filter) {
        ByteArrayOutputStream whole = new ByteArrayOutputStream(before.length + filter.length);
        whole.writeBytes(before);
        whole.writeBytes(filter);
        if (!Filters.isWhole(whole.size())) {
            throw new ConfineException("the seccomp filter has " + whole.size() / INSTRUCTION
                    + " instructions, and the kernel takes " + MOST_INSTRUCTIONS
                    + ": name fewer architectures, conditions or calls (config.json /linux/seccomp)");
        }
        return whole.toByteArray();
    }
}
