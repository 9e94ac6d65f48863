package dev.confine.backend.newuidmap;

import dev.confine.spi.ProgramPath;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;

/** A directory with shell scripts for helpers; each writes its arguments, a line each, next to itself. */
final class FakeHelpers {
    private final Path directory;

    FakeHelpers(Path directory) {
        this.directory = directory;
    }

    ProgramPath path() {
        return new ProgramPath(List.of("/nowhere", directory.toString()));
    }

    FakeHelpers both() throws IOException {
        return add("newuidmap", "exit 0").add("newgidmap", "exit 0");
    }

    FakeHelpers add(String name, String commands) throws IOException {
        Path script = directory.resolve(name);
        Files.writeString(
                script,
                "#!/bin/sh\nprintf '%s\\n' \"$@\" >\"$0.arguments\"\n/usr/bin/env >\"$0.environment\"\n" + commands
                        + "\n");
        Files.setPosixFilePermissions(script, PosixFilePermissions.fromString("rwxr-xr-x"));
        return this;
    }

    String program(String name) {
        return directory.resolve(name).toString();
    }

    /** What a helper was called with, blanks between. */
    String arguments(String name) throws IOException {
        return String.join(" ", Files.readAllLines(directory.resolve(name + ".arguments")));
    }

    List<String> environment(String name) throws IOException {
        return Files.readAllLines(directory.resolve(name + ".environment"));
    }

    boolean wasCalled(String name) {
        return Files.exists(directory.resolve(name + ".arguments"));
    }
}
