package dev.confine.cli.command;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import picocli.CommandLine.IVersionProvider;

/** The lines of {@code --version}, which callers read; the build writes them. */
final class Version implements IVersionProvider {
    @Override
    public String[] getVersion() throws IOException {
        try (InputStream in = Version.class.getResourceAsStream("version.txt")) {
            if (in == null) {
                throw new IOException("version.txt is not in the jar");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8).strip().split("\n");
        }
    }
}
