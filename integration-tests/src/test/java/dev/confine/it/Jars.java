package dev.confine.it;

import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
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
        Path file = Scratch.current().directory("source", as).resolve("Broken.java");
        return build(as, List.of(Scratch.write(file, source)), "broken.Broken");
    }

    /** One with the example of a custom backend, {@code examples/custom-backend}. */
    static Path example(As as) {
        Path sources = Path.of(System.getProperty("confine.examples", ""), "custom-backend/src/main/java");
        return build(as, below(sources, ".java"), "com.example.confine.audit.AuditBackend");
    }

    private static Path build(As as, List<Path> sources, String backend) {
        Path directory = directory(as);
        Path classes = Scratch.current().path("classes");
        compile(sources, classes);
        try (OutputStream out = Files.newOutputStream(directory.resolve("backend.jar"));
                ZipOutputStream zip = new ZipOutputStream(out)) {
            add(zip, SERVICE, backend.getBytes(StandardCharsets.UTF_8));
            for (Path file : below(classes, ".class")) {
                add(zip, classes.relativize(file).toString(), Files.readAllBytes(file));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return directory;
    }

    /** Against the jars of the distribution: what is published is what a backend is made with. */
    static void compile(List<Path> sources, Path classes) {
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        String jars = below(Scratch.distribution().resolve("lib"), ".jar").stream()
                .map(Path::toString)
                .collect(Collectors.joining(File.pathSeparator));
        List<String> options = List.of("--release", "17", "-classpath", jars, "-proc:none", "-d", classes.toString());
        try (StandardJavaFileManager files = compiler.getStandardFileManager(null, null, null)) {
            if (!compiler.getTask(null, files, null, options, null, files.getJavaFileObjectsFromPaths(sources))
                    .call()) {
                throw new IllegalStateException("cannot compile " + sources);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<Path> below(Path directory, String ending) {
        try (Stream<Path> files = Files.walk(directory)) {
            return files.filter(file -> file.toString().endsWith(ending)).toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void add(ZipOutputStream zip, String name, byte[] content) throws IOException {
        zip.putNextEntry(new ZipEntry(name));
        zip.write(content);
        zip.closeEntry();
    }
}
