package dev.confine.runtime.cgroup;

import java.io.File;
import java.io.FileInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** The files of this host. The JVM has the mounts and the ids of its caller. */
final class HostTree implements Tree {
    private static final int LARGEST = 4 << 20;

    @Override
    public boolean exists(String path) {
        return new File(path).exists();
    }

    @Override
    public boolean writable(String path) {
        return new File(path).canWrite();
    }

    @Override
    public String read(String path) {
        try (FileInputStream in = new FileInputStream(path)) {
            return new String(in.readNBytes(LARGEST), StandardCharsets.UTF_8);
        } catch (IOException e) {
            return "";
        }
    }

    @Override
    public List<String> directories(String path) {
        List<String> names = new ArrayList<>();
        File[] files = new File(path).listFiles();
        if (files != null) {
            for (File file : files) {
                if (file.isDirectory()) {
                    names.add(file.getName());
                }
            }
        }
        return names;
    }
}
