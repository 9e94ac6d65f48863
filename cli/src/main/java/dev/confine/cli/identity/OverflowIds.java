package dev.confine.cli.identity;

import dev.confine.runtime.inspect.Proc;

/**
 * What the kernel shows for an id that has no place in a map: {@code /proc/sys/kernel/overflowuid} and {@code overflowgid}, proc_sys_kernel(5).
 *
 * @param uid for users
 * @param gid for groups
 */
record OverflowIds(long uid, long gid) {
    private static final long USUAL = 65534;

    static OverflowIds of(Proc proc) {
        return new OverflowIds(number(proc, "overflowuid"), number(proc, "overflowgid"));
    }

    private static long number(Proc proc, String name) {
        String text = proc.text(proc.hostPath("sys/kernel/" + name));
        try {
            return text == null ? USUAL : Long.parseLong(text.strip());
        } catch (NumberFormatException none) {
            return USUAL;
        }
    }
}
