package dev.confine.it;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The processes on this host that come from one test: their command line, directory or mounts name its scratch directory. */
final class Processes {
    private Processes() {}

    /** One of them. */
    record Seen(long pid, String command, String state, Path directory) {
        void end() {
            Command.run("kill", "-KILL", Long.toString(pid));
        }
    }

    static List<Seen> of(Scratch scratch) {
        List<Seen> all = new ArrayList<>();
        try (DirectoryStream<Path> directories = Files.newDirectoryStream(Path.of("/proc"), "[0-9]*")) {
            for (Path process : directories) {
                long pid = Long.parseLong(process.getFileName().toString());
                if (pid != 1
                        && pid != ProcessHandle.current().pid()
                        && isOf(process, scratch.path().toString() + "/")) {
                    String command = text(process.resolve("cmdline")).replace('\0', ' ');
                    all.add(new Seen(pid, command, state(process), Path.of(link(process.resolve("cwd")))));
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return all;
    }

    /** Whether any process of the host has ended and is not waited for yet. */
    static boolean anyZombie() {
        try (DirectoryStream<Path> directories = Files.newDirectoryStream(Path.of("/proc"), "[0-9]*")) {
            for (Path process : directories) {
                if (state(process).startsWith("State:\tZ")) {
                    return true;
                }
            }
            return false;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static boolean isOf(Path process, String mark) {
        if (text(process.resolve("cmdline")).contains(Scratch.ofRun() + "/engine-")) {
            return false;
        }
        if (text(process.resolve("cmdline")).contains(mark)
                || text(process.resolve("environ")).contains(mark)) {
            return true;
        }
        String directory = link(process.resolve("cwd"));
        if (directory.startsWith(mark) || directory.startsWith(Scratch.distribution() + "/")) {
            return true;
        }
        // there the path begins at the root of its file system, which may be that of /tmp
        String inside = mark.substring("/tmp".length());
        return text(process.resolve("mountinfo")).lines().anyMatch(line -> isRootFrom(line, inside));
    }

    /** Whether this is the mount of a process's root, and that a directory of the test: nothing else is a sign, for a mount left on the host is seen by all. */
    private static boolean isRootFrom(String line, String mark) {
        String[] words = line.split(" ");
        return words.length > 4 && words[4].equals("/") && words[3].contains(mark);
    }

    private static String link(Path file) {
        try {
            return Files.readSymbolicLink(file).toString();
        } catch (IOException e) {
            return "";
        }
    }

    private static String state(Path process) {
        return text(process.resolve("status"))
                .lines()
                .filter(line -> line.startsWith("State:"))
                .findFirst()
                .orElse("");
    }

    private static String text(Path file) {
        try {
            return Files.readString(file, StandardCharsets.ISO_8859_1);
        } catch (IOException e) {
            return "";
        }
    }
}
