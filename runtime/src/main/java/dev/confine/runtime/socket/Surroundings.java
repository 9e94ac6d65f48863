package dev.confine.runtime.socket;

import dev.confine.launch.Syscall;
import java.io.FileInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * What of a process decides what it sees and may do, as the kernel says: its namespaces, its root, its ids and capabilities, whether it is confined by seccomp, no_new_privs or a
 * security module. One process may act for another without giving it anything where these are the same. What is left out: limits, priorities, signals, which stay those of
 * the process that makes the system calls.
 *
 * @param facts in the order of {@link #NAMES}
 */
public record Surroundings(List<String> facts) {
    private static final List<String> LINKS =
            List.of("ns/cgroup", "ns/ipc", "ns/mnt", "ns/net", "ns/pid", "ns/time", "ns/user", "ns/uts", "root");
    private static final List<String> STATUS =
            List.of("Uid", "Gid", "Groups", "CapPrm", "CapEff", "CapBnd", "NoNewPrivs", "Seccomp");
    private static final String LABEL = "attr/current";

    /** What the facts are about. */
    static final List<String> NAMES = names();

    private static final int READ_LIMIT = 8192;
    private static final int PATH_BYTES = 64;
    private static final int LINK_BYTES = 512;
    private static final int AT_FDCWD = -100;

    public Surroundings {
        facts = List.copyOf(facts);
    }

    private static List<String> names() {
        List<String> names = new ArrayList<>(LINKS);
        names.addAll(STATUS);
        names.add(LABEL);
        return List.copyOf(names);
    }

    /** @throws IOException where this process may not look at that one, or it has ended */
    public static Surroundings of(long pid) throws IOException {
        return of(pid, true);
    }

    /** Those of another process. Without a label here no security module gives any, and asking for one takes as long as all the rest. */
    public Surroundings ofOther(long pid) throws IOException {
        return of(pid, !facts.get(NAMES.indexOf(LABEL)).isEmpty());
    }

    private static Surroundings of(long pid, boolean labelled) throws IOException {
        String directory = "/proc/" + pid + "/";
        List<String> facts = new ArrayList<>(NAMES.size());
        for (String link : LINKS) {
            facts.add(link(directory + link));
        }
        String status = read(directory + "status");
        for (String field : STATUS) {
            // root needs no group to reach a file, and a service has others than a shell
            facts.add(field.equals("Groups") && isRoot(status) ? "" : field(status, field));
        }
        facts.add(labelled ? label(directory + LABEL) : "");
        return new Surroundings(facts);
    }

    /** The first thing that is another there, or empty. */
    public String difference(Surroundings other) {
        for (int i = 0; i < facts.size(); i++) {
            if (!facts.get(i).equals(other.facts.get(i))) {
                return NAMES.get(i);
            }
        }
        return "";
    }

    /** The effective one. */
    public long uid() {
        return Long.parseLong(facts.get(NAMES.indexOf("Uid")).split("\t")[2]);
    }

    private static String link(String path) throws IOException {
        byte[] name = path.getBytes(StandardCharsets.US_ASCII);
        long memory = SocketCalls.MEMORY.allocateMemory(PATH_BYTES + LINK_BYTES, true);
        try {
            SocketCalls.MEMORY.putByteArray(memory, name, 0, name.length);
            long count = SocketCalls.checked(
                    path, SocketCalls.call(Syscall.READLINKAT, AT_FDCWD, memory, memory + PATH_BYTES, LINK_BYTES, 0));
            byte[] target = new byte[(int) count];
            SocketCalls.MEMORY.getByteArray(memory + PATH_BYTES, target, 0, target.length);
            return new String(target, StandardCharsets.UTF_8);
        } finally {
            SocketCalls.free(memory);
        }
    }

    private static String read(String path) throws IOException {
        try (FileInputStream in = new FileInputStream(path)) {
            return new String(in.readNBytes(READ_LIMIT), StandardCharsets.UTF_8);
        }
    }

    /** Empty without a security module. */
    private static String label(String path) {
        try {
            return read(path);
        } catch (IOException none) {
            return "";
        }
    }

    private static boolean isRoot(String status) {
        return field(status, "Uid").startsWith("Uid:\t0\t0\t");
    }

    private static String field(String status, String name) {
        int at = status.indexOf("\n" + name + ":");
        int end = at < 0 ? -1 : status.indexOf('\n', at + 1);
        return end < 0 ? "" : status.substring(at, end).strip();
    }
}
