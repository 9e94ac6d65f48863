package dev.confine.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/** Hooks createContainer of a container that joins the mount namespace of another, {@code config.md#createcontainer-hooks}. */
@Containers
final class JoinedMountsHooksTest {
    /** Where it runs, and what it has open. */
    private static final String LOOK = "readlink /proc/self/ns/mnt; cat /of-the-first; ls; ls /proc/$$/fd; true";

    /** Runs {@code second} with one hook in the mount namespace of a first container, which has nothing of the host's but the other's root file system. */
    private static Result run(Bundle second, String hook) {
        Bundle first = Bundle.of(second.as(), "first").args("sleep", "100");
        Scratch.write(first.rootfs().resolve("of-the-first"), "of the first\n");
        first.mount("{destination: '" + second.rootfs() + "', type: 'bind', source: '" + second.rootfs()
                + "', options: ['rbind']}");
        first.run("--detach").success();
        try {
            NamespaceTest.join(second, first, "mount", "mnt");
            // whose /proc knows nobody of another pid namespace, and a script is read by way of it
            NamespaceTest.join(second, first, "pid", "pid");
            second.set("/annotations", "{'run.oci.hooks.stdout': 'said', 'run.oci.hooks.stderr': 'said'}");
            Result result = second.add("/hooks/createContainer", hook).run();
            Scratch.write(second.host("namespace"), NamespaceTest.link(Path.of("/proc/" + first.pid() + "/ns/mnt")));
            return result;
        } finally {
            first.deleteByForce().success();
        }
    }

    private static Bundle withProgram(As as, String content) {
        Bundle second = Bundle.of(as, "second");
        Scratch.chmod(Scratch.write(second.host("hook"), content), "rwxr-xr-x");
        Scratch.write(second.rootfs().resolve("of-the-second"), "");
        return second;
    }

    private static String said(Bundle second) {
        return Scratch.read(second.host("said"));
    }

    @AsEach
    void programOfTheHost_runsInTheNamespace_inTheRootOfTheContainer(As as) throws IOException {
        Bundle second = withProgram(as, "");
        Files.copy(Path.of("/bin/busybox"), second.host("hook"), StandardCopyOption.REPLACE_EXISTING);
        Scratch.chmod(second.host("hook"), "rwxr-xr-x");
        run(second, "{path: '" + second.host("hook") + "', args: ['sh', '-c', '" + LOOK + "'], env: ['PATH=/bin']}")
                .success();
        assertThat(said(second)).startsWith(Scratch.read(second.host("namespace")) + "\nof the first\n");
        assertThat(said(second)).contains("\nof-the-second\n").endsWith("\n0\n1\n2\n");
    }

    @AsEach
    void scriptOfTheHost_isReadByAnInterpreterOfTheNamespace(As as) {
        Bundle second = withProgram(as, "#!/bin/sh\nPATH=/bin\n" + LOOK + "\necho \"with $*\"\n");
        run(second, "{path: '" + second.host("hook") + "', args: ['hook', 'an argument']}")
                .success();
        assertThat(said(second)).startsWith(Scratch.read(second.host("namespace")) + "\nof the first\n");
        assertThat(said(second)).contains("\nof-the-second\n").endsWith("\nwith an argument\n");
    }

    /** The path is one of the host's: a file that only the namespace has is not found, and one of the host is not looked for there. */
    @AsEach
    void programThatOnlyTheNamespaceHas_isNotFound(As as) {
        run(withProgram(as, ""), "{path: '/of-the-first'}")
                .refusal("/of-the-first", "ENOENT", "/hooks/createContainer/0");
    }

    @AsEach
    void hookThatFails_isNamedWithItsStatus(As as) {
        Bundle second = withProgram(as, "#!/bin/sh\necho sorry; exit 3\n");
        run(second, "{path: '" + second.host("hook") + "'}")
                .refusal(second.host("hook").toString(), "exit status 3", "/hooks/createContainer/0");
        assertThat(said(second)).isEqualTo("sorry\n");
    }
}
