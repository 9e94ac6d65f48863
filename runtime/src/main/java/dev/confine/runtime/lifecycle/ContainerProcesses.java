package dev.confine.runtime.lifecycle;

import dev.confine.ConfineException;
import dev.confine.idmap.IdMap;
import dev.confine.spi.ContainerProcess;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The processes of a container: those in the pid namespace of its first process where that has one of its own, else that process with its descendants.
 * Processes that end while they are looked at are left out.
 */
final class ContainerProcesses {
    private static final Path PROC = Path.of("/proc");

    private ContainerProcesses() {}

    static List<ContainerProcess> of(long init) {
        try {
            // empty: the process waits for its start, and lets no ordinary user look
            String namespace = namespaceOrNone(init);
            boolean own = !namespace.isEmpty()
                    && !namespace.equals(namespaceOrNone(ProcessHandle.current().pid()));
            List<Seen> all = all();
            Set<Long> members = own ? Set.of() : descendants(init, all);
            List<ContainerProcess> processes = new ArrayList<>();
            for (Seen seen : all) {
                if (own ? namespace.equals(namespaceOrNone(seen.pid())) : members.contains(seen.pid())) {
                    seen.inContainer().ifPresent(processes::add);
                }
            }
            processes.sort(Comparator.comparingLong(ContainerProcess::pid));
            return processes;
        } catch (IOException e) {
            throw new ConfineException("cannot list the processes of the container: " + e.getMessage(), e);
        }
    }

    private static String namespaceOrNone(long pid) {
        try {
            return Files.readSymbolicLink(PROC.resolve(pid + "/ns/pid")).toString();
        } catch (IOException e) {
            return "";
        }
    }

    private static List<Seen> all() throws IOException {
        List<Seen> all = new ArrayList<>();
        try (DirectoryStream<Path> directories = Files.newDirectoryStream(PROC, "[0-9]*")) {
            for (Path directory : directories) {
                Seen.read(directory).ifPresent(all::add);
            }
        }
        return all;
    }

    private static Set<Long> descendants(long init, List<Seen> all) {
        Set<Long> members = new HashSet<>(Set.of(init));
        boolean grown = true;
        while (grown) {
            grown = false;
            for (Seen seen : all) {
                grown |= members.contains(seen.parent()) && members.add(seen.pid());
            }
        }
        return members;
    }

    /** A process as /proc shows it. */
    private record Seen(Path directory, long pid, long parent, long innerPid, long uid, String command) {

        static Optional<Seen> read(Path directory) {
            try {
                return Optional.of(parse(directory));
            } catch (IOException e) {
                return Optional.empty(); // it has ended
            }
        }

        private static Seen parse(Path directory) throws IOException {
            Map<String, String> status = new HashMap<>();
            for (String line : Files.readString(directory.resolve("status"), StandardCharsets.ISO_8859_1)
                    .split("\n")) {
                int colon = line.indexOf(':');
                if (colon > 0) {
                    status.put(
                            line.substring(0, colon), line.substring(colon + 1).strip());
                }
            }
            String[] inner = status.getOrDefault("NSpid", "0").split("\t");
            String[] uids = status.getOrDefault("Uid", "0\t0").split("\t");
            String command = Files.readString(directory.resolve("cmdline"), StandardCharsets.ISO_8859_1)
                    .replace('\0', ' ')
                    .strip();
            return new Seen(
                    directory,
                    Long.parseLong(directory.getFileName().toString()),
                    Long.parseLong(status.getOrDefault("PPid", "0")),
                    Long.parseLong(inner[inner.length - 1]),
                    Long.parseLong(uids[1]),
                    command.isEmpty() ? "[" + status.getOrDefault("Name", "?") + "]" : command);
        }

        Optional<ContainerProcess> inContainer() {
            try {
                IdMap map = IdMap.parse(Files.readString(directory.resolve("uid_map")));
                return Optional.of(new ContainerProcess(
                        pid, innerPid, uid, map.toInside(uid).orElse(-1), command));
            } catch (IOException e) {
                return Optional.empty(); // it has ended
            }
        }
    }
}
