package dev.confine.idmap;

import java.io.File;
import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Reads the files of this host, and runs programs of its system directories alone, with an environment of their own. */
final class ThisHost implements HostTexts {
    private static final String[] DIRECTORIES = {"/usr/bin", "/bin", "/usr/sbin", "/sbin"};
    private static final int SECONDS = 10;

    @Override
    public @Nullable String file(String path) {
        try (InputStream in = new FileInputStream(path)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            return null;
        }
    }

    @Override
    public @Nullable String output(List<String> command) {
        String program = find(command.get(0));
        if (program == null) {
            return null;
        }
        List<String> arguments = new ArrayList<>(command);
        arguments.set(0, program);
        try {
            return run(arguments);
        } catch (IOException e) {
            return null;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return null;
        }
    }

    private static @Nullable String find(String name) {
        for (String directory : DIRECTORIES) {
            File file = new File(directory, name);
            if (file.canExecute()) {
                return file.getPath();
            }
        }
        return null;
    }

    /** The output is read after the end: what such programs print fits into a pipe, and one that hangs is not waited for. */
    private static @Nullable String run(List<String> arguments) throws IOException, InterruptedException {
        ProcessBuilder builder = new ProcessBuilder(arguments)
                .directory(new File("/"))
                .redirectInput(new File("/dev/null"))
                .redirectError(ProcessBuilder.Redirect.DISCARD);
        builder.environment().clear();
        builder.environment().put("LC_ALL", "C");
        Process process = builder.start();
        try {
            if (!process.waitFor(SECONDS, TimeUnit.SECONDS) || process.exitValue() != 0) {
                return null;
            }
            return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        } finally {
            process.destroyForcibly();
        }
    }
}
