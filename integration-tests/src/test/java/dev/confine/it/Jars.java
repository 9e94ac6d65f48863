package dev.confine.it;

import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;

/** Directories of backend jars that tests make. Trust goes up to the root directory, so they are not below the world-writable /tmp. */
final class Jars {
    private static final String SERVICE = "META-INF/services/dev.confine.spi.Backend";

    private Jars() {}

    static Path directory(As as) {
        as.require();
        if (as == As.USER) {
            return Scratch.current().directory("jars", as);
        }
        Path made = Scratch.trusted().resolve("jars-" + Scratch.current().path().getFileName());
        try {
            Files.createDirectories(made);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Scratch.chmod(made, "rwxr-xr-x");
        return made;
    }

    /** One with a backend whose class cannot be initialised. */
    static Path broken(As as) {
        String source = """
                package broken;

                public final class Broken implements dev.confine.spi.Backend {
                    private static final int FAILS = fail();

                    private static int fail() {
                        throw new IllegalStateException("thrown while loading");
                    }

                    @Override
                    public String name() {
                        return "broken";
                    }

                    @Override
                    public int rank() {
                        return FAILS;
                    }

                    @Override
                    public dev.confine.spi.Availability availability(dev.confine.spi.Caller caller) {
                        return dev.confine.spi.Availability.yes();
                    }

                    @Override
                    public dev.confine.spi.Lifecycle lifecycle(dev.confine.spi.Context context) {
                        throw new IllegalStateException();
                    }
                }
                """;
        Path directory = directory(as);
        jar(directory.resolve("broken.jar"), compile("broken.Broken", source), "broken.Broken");
        return directory;
    }

    private static Map<String, byte[]> compile(String name, String source) {
        Path classes = Scratch.current().path("classes");
        JavaFileObject unit =
                new SimpleJavaFileObject(
                        URI.create("string:///" + name.replace('.', '/') + ".java"), JavaFileObject.Kind.SOURCE) {
                    @Override
                    public CharSequence getCharContent(boolean ignoreEncodingErrors) {
                        return source;
                    }
                };
        boolean compiled = ToolProvider.getSystemJavaCompiler()
                .getTask(
                        null,
                        null,
                        null,
                        List.of("--release", "17", "-classpath", classpath(), "-proc:none", "-d", classes.toString()),
                        null,
                        List.of(unit))
                .call();
        if (!compiled) {
            throw new IllegalStateException("cannot compile " + name);
        }
        Map<String, byte[]> entries = new TreeMap<>();
        try {
            String file = name.replace('.', '/') + ".class";
            entries.put(file, Files.readAllBytes(classes.resolve(file)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return entries;
    }

    /** The published API, as the distribution has it. */
    private static String classpath() {
        try (var files = Files.walk(Scratch.distribution().resolve("lib"))) {
            return files.map(Path::toString)
                    .filter(file -> file.endsWith(".jar"))
                    .collect(Collectors.joining(File.pathSeparator));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void jar(Path file, Map<String, byte[]> classes, String backend) {
        Map<String, byte[]> entries = new TreeMap<>(classes);
        entries.put(SERVICE, backend.getBytes(StandardCharsets.UTF_8));
        try (OutputStream out = Files.newOutputStream(file);
                ZipOutputStream zip = new ZipOutputStream(out)) {
            for (Map.Entry<String, byte[]> entry : entries.entrySet()) {
                zip.putNextEntry(new ZipEntry(entry.getKey()));
                zip.write(entry.getValue());
                zip.closeEntry();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
