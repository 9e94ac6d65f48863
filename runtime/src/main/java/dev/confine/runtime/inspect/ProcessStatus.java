package dev.confine.runtime.inspect;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * Who a process is: {@code /proc/PID/status}, proc_pid_status(5). Ids are those of the user namespace that reads: an id without a place in it is the overflow
 * id. Pids are those of the reader's pid namespace, 0 for a parent outside of it.
 *
 * @param pid of the process
 * @param name of its program, at most 15 bytes, with escapes as the kernel writes them
 * @param state one letter: {@code R}, {@code S}, {@code D}, {@code T}, {@code t}, {@code Z}, {@code X} or {@code I}
 * @param parent its parent
 * @param threads how many it has; 0 for a zombie
 * @param uids what they are for a file, and who may signal it
 * @param gids the same of groups
 * @param groups supplementary, as written
 * @param innerPids its pid in each pid namespace from the reader's to its own, the last one is what it sees itself
 * @param capabilities its five sets
 * @param noNewPrivileges whether prctl(2) PR_SET_NO_NEW_PRIVS was called
 */
public record ProcessStatus(
        long pid,
        String name,
        char state,
        long parent,
        int threads,
        Ids uids,
        Ids gids,
        List<Long> groups,
        List<Long> innerPids,
        CapabilitySets capabilities,
        boolean noNewPrivileges) {

    public ProcessStatus {
        groups = List.copyOf(groups);
        innerPids = List.copyOf(innerPids);
    }

    /** The four ids of credentials(7). */
    public record Ids(long real, long effective, long saved, long fileSystem) {
        private static final Ids NONE = new Ids(0, 0, 0, 0);

        static Ids of(List<Long> numbers) {
            return numbers.size() < 4 ? NONE : new Ids(numbers.get(0), numbers.get(1), numbers.get(2), numbers.get(3));
        }
    }

    /** The sets of capabilities(7): bit n for capability n. */
    public record CapabilitySets(long inheritable, long permitted, long effective, long bounding, long ambient) {}

    /** Its pid in its own pid namespace. */
    public long innerPid() {
        return innerPids.isEmpty() ? pid : innerPids.get(innerPids.size() - 1);
    }

    /** Whether it has not ended: a zombie has, and has no namespaces but that of pids any more. */
    public boolean alive() {
        return state != 'Z' && state != 'X' && state != 'x';
    }

    /** Reads the content of the file; lines that are not known or not there are no error, as kernels differ. */
    static ProcessStatus parse(long pid, byte[] content) {
        Lines lines = new Lines();
        int from = 0;
        while (from < content.length) {
            int end = from;
            while (end < content.length && content[end] != '\n') {
                end++;
            }
            lines.take(content, from, end);
            from = end + 1;
        }
        return lines.status(pid);
    }

    /** What has been seen so far of the file. The keys are told apart by as few bytes as can be: thousands of these files are read at once. */
    private static final class Lines {
        private String name = "";
        private char state = '?';
        private long parent;
        private int threads;
        private Ids uids = Ids.NONE;
        private Ids gids = Ids.NONE;
        private List<Long> groups = List.of();
        private List<Long> innerPids = List.of();
        private long inheritable;
        private long permitted;
        private long effective;
        private long bounding;
        private long ambient;
        private boolean noNewPrivileges;

        void take(byte[] text, int from, int end) {
            int colon = from;
            while (colon < end && text[colon] != ':') {
                colon++;
            }
            if (colon == end || !wanted(text[from])) {
                return;
            }
            int value = colon + 1;
            while (value < end && (text[value] == '\t' || text[value] == ' ')) {
                value++;
            }
            String key = string(text, from, colon);
            switch (key) {
                case "Name" -> name = new String(text, value, end - value, StandardCharsets.UTF_8);
                case "State" -> state = value < end ? (char) text[value] : '?';
                case "PPid" -> parent = number(text, value, end);
                case "Threads" -> threads = (int) number(text, value, end);
                case "Uid" -> uids = Ids.of(numbers(text, value, end));
                case "Gid" -> gids = Ids.of(numbers(text, value, end));
                case "Groups" -> groups = numbers(text, value, end);
                case "NSpid" -> innerPids = numbers(text, value, end);
                case "NoNewPrivs" -> noNewPrivileges = number(text, value, end) == 1;
                case "CapInh" -> inheritable = mask(text, value, end);
                case "CapPrm" -> permitted = mask(text, value, end);
                case "CapEff" -> effective = mask(text, value, end);
                case "CapBnd" -> bounding = mask(text, value, end);
                case "CapAmb" -> ambient = mask(text, value, end);
                default -> {
                    // not asked for
                }
            }
        }

        ProcessStatus status(long pid) {
            return new ProcessStatus(
                    pid,
                    name,
                    state,
                    parent,
                    threads,
                    uids,
                    gids,
                    groups,
                    innerPids,
                    new CapabilitySets(inheritable, permitted, effective, bounding, ambient),
                    noNewPrivileges);
        }

        /** Most lines are about memory and begin with V or R. */
        private static boolean wanted(byte first) {
            return first != 'V' && first != 'R' && first != 'M' && first != 'H';
        }

        private static String string(byte[] text, int from, int end) {
            return new String(text, from, end - from, StandardCharsets.ISO_8859_1);
        }

        private static long mask(byte[] text, int from, int end) {
            try {
                return Long.parseUnsignedLong(string(text, from, end).strip(), 16);
            } catch (NumberFormatException e) {
                return 0;
            }
        }

        private static long number(byte[] text, int from, int end) {
            List<Long> numbers = numbers(text, from, end);
            return numbers.isEmpty() ? 0 : numbers.get(0);
        }

        private static List<Long> numbers(byte[] text, int from, int end) {
            List<Long> numbers = new ArrayList<>(4);
            int at = from;
            while (at < end) {
                long number = 0;
                int start = at;
                while (at < end && text[at] >= '0' && text[at] <= '9') {
                    number = number * 10 + (text[at++] - '0');
                }
                if (at > start) {
                    numbers.add(number);
                } else {
                    at++;
                }
            }
            return numbers;
        }
    }
}
