package dev.confine.cli.config;

import dev.confine.ConfineException;
import dev.confine.spi.Caller;
import java.io.File;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** The jars in the directory named by {@code confine.backends.path}. */
public final class BackendJars {
    private BackendJars() {}

    /**
     * A class loader with the jars of {@code directory} in the order of their names.
     *
     * @throws ConfineException when it is no directory, or root must not trust it or a jar in it
     */
    @SuppressWarnings("BanClassLoader") // its jars are trusted like the program itself: that is what Trust checks
    public static ClassLoader loader(String directory, Caller caller, ClassLoader parent) {
        File place = new File(caller.resolve(directory));
        File[] files = place.listFiles();
        if (files == null) {
            throw new ConfineException(
                    "backends path " + place + " (confine.backends.path) is not a directory that can be read");
        }
        Trust trust = Trust.of(caller);
        trust.check(place);
        Arrays.sort(files);
        List<URL> jars = new ArrayList<>();
        for (File file : files) {
            if (file.getName().endsWith(".jar")) {
                trust.check(file);
                jars.add(url(file));
            }
        }
        return new URLClassLoader("backends", jars.toArray(new URL[0]), parent);
    }

    private static URL url(File file) {
        try {
            return file.toURI().toURL();
        } catch (MalformedURLException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
