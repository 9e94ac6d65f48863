package dev.confine.launch;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;

/** A directory laid out as confine's own, with the launcher of this build, whose java plays {@link Scenarios}. */
final class Distribution {
    private final Path directory;

    private Distribution(Path directory) {
        this.directory = directory;
    }

    /** What a launcher did. */
    record Result(int code, String out, String err) {}

    static Distribution in(Path directory) throws IOException {
        return in(directory, "lib");
    }

    /** {@code lib}: where java's files are, from {@code directory}. */
    static Distribution in(Path directory, String lib) throws IOException {
        Files.createDirectories(directory.resolve("bin"));
        Files.createDirectories(directory.resolve(lib));
        Files.copy(launcher(), directory.resolve("bin/confine"), StandardCopyOption.COPY_ATTRIBUTES);
        Files.write(directory.resolve(lib).resolve("java.args"), javaArguments());
        return new Distribution(directory);
    }

    static List<String> javaArguments() {
        return List.of(
                System.getProperty("java.home") + "/bin/java",
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-Dlib=@/x:@/y:a@b",
                "-cp",
                System.getProperty("java.class.path"),
                "dev.confine.launch.Scenarios");
    }

    static Path launcher() {
        String machine = System.getProperty("os.arch").toLowerCase(Locale.ROOT);
        return Path.of("target/launcher", machine.equals("amd64") ? "x86_64" : machine, "confine")
                .toAbsolutePath();
    }

    Path confine() {
        return directory.resolve("bin/confine");
    }

    Path directory() {
        return directory;
    }

    Result run(String... args) throws IOException, InterruptedException {
        return shell("exec \"$0\" \"$@\"", args);
    }

    /** As {@code sh -c script bin/confine args}. */
    Result shell(String script, String... args) throws IOException, InterruptedException {
        return finish(start(script, args));
    }

    Process start(String script, String... args) throws IOException {
        List<String> command =
                new ArrayList<>(List.of("/bin/sh", "-c", script, confine().toString()));
        command.addAll(List.of(args));
        return new ProcessBuilder(command)
                .directory(directory.toFile())
                .redirectOutput(file("out"))
                .redirectError(file("err"))
                .start();
    }

    Result finish(Process process) throws IOException, InterruptedException {
        process.getOutputStream().close();
        if (!process.waitFor(60, TimeUnit.SECONDS)) {
            process.destroyForcibly();
            throw new AssertionError("it hangs");
        }
        return new Result(process.exitValue(), text("out"), text("err"));
    }

    String text(String name) throws IOException {
        return Files.readString(file(name).toPath());
    }

    private File file(String name) {
        return directory.resolve(name).toFile();
    }
}
