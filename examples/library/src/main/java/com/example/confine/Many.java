package com.example.confine;

import dev.confine.library.Confine;
import dev.confine.library.ContainerProcess;
import dev.confine.spi.CgroupDriver;
import java.io.File;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Starts a bundle many times, some at once, and says how many threads and files the JVM has afterwards. It takes the bundle, a state directory and a number. */
public final class Many {
    private static final int AT_ONCE = 4;

    private Many() {}

    public static void main(String[] args) throws Exception {
        Path bundle = Path.of(args[0]);
        ExecutorService pool = Executors.newFixedThreadPool(AT_ONCE);
        try (Confine confine = Confine.builder()
                .root(Path.of(args[1]))
                .cgroups(CgroupDriver.DISABLED)
                .open()) {
            start(confine, bundle, pool, 2 * AT_ONCE);
            int threads = Thread.activeCount();
            int files = files();
            start(confine, bundle, pool, Integer.parseInt(args[2]));
            System.out.println("more threads " + (Thread.activeCount() - threads));
            System.out.println("more files " + Math.max(0, files() - files - 4 * AT_ONCE));
            System.out.println("left " + confine.ids());
        } finally {
            pool.shutdown();
        }
    }

    private static int files() {
        String[] open = new File("/proc/self/fd").list();
        return open == null ? 0 : open.length;
    }

    private static void start(Confine confine, Path bundle, ExecutorService pool, int count) throws Exception {
        List<Future<Integer>> ends = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            ends.add(pool.submit(() -> {
                ContainerProcess process = confine.create(bundle).start();
                return process.waitFor();
            }));
        }
        for (Future<Integer> end : ends) {
            if (end.get() != 0) {
                throw new IllegalStateException("exit code " + end.get());
            }
        }
    }
}
