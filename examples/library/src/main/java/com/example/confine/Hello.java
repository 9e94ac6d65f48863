package com.example.confine;

import dev.confine.library.Confine;
import dev.confine.library.ContainerProcess;
import dev.confine.library.ContainerSpec;
import java.nio.file.Path;

/** The example of the README: a container that writes back what it is given. It takes a root file system. */
public final class Hello {
    private Hello() {}

    public static void main(String[] args) throws Exception {
        try (Confine confine = Confine.open()) {
            ContainerSpec spec = ContainerSpec.of(Path.of(args[0]), "cat").env("LANG", "C");
            ContainerProcess process = confine.create(spec).start();
            process.getOutputStream().write("hello from the host\n".getBytes());
            process.getOutputStream().close();
            process.getInputStream().transferTo(System.out);
            System.out.println("process " + process.pid() + " ended with " + process.waitFor());
        }
    }
}
