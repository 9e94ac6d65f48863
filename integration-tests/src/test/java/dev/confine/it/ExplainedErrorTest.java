package dev.confine.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** Messages end with what {@code confine access} or {@code confine doctor} would say. */
@Containers
final class ExplainedErrorTest {
    private static void secret(Path path, String kind) {
        Host.require("root");
        if (kind.equals("directory")) {
            Command.run("mkdir", path.toString()).success();
        } else {
            Scratch.write(path, "#!/bin/sh\n");
        }
        Scratch.own(path, 0);
        Scratch.chmod(path, "rwx------");
    }

    @AsEach
    void workingDirectory_thatIsClosed_isExplained(As as) {
        Bundle bundle = Bundle.of(as).userNamespace("0:" + as.firstSubordinate() + ":1000");
        secret(bundle.rootfs().resolve("secret"), "directory");
        bundle.set("/process/cwd", "'/secret'")
                .run()
                .refusal(
                        "confine: chdir to /secret: EACCES: permission denied",
                        "(config.json /process/cwd); at /secret: the directory is drwx------ of uid 0 and gid 0 of the host,"
                                + " which are not mapped",
                        "to allow it: setfacl -m u:" + as.firstSubordinate() + ":x ");
    }

    @AsEach
    void program_thatIsClosed_isExplained_inRunAndInExec(As as) {
        Bundle bundle = Bundle.of(as).userNamespace("0:" + as.firstSubordinate() + ":1000");
        secret(bundle.rootfs().resolve("bin/secret"), "file");
        bundle.args("/bin/secret")
                .run()
                .refusal(
                        "confine: exec: \"/bin/secret\": permission denied; at /bin/secret: the file is -rwx------",
                        "to allow it: setfacl -m u:" + as.firstSubordinate() + ":x ");
        bundle.args("secret")
                .run()
                .refusal("exec: \"secret\": permission denied", "at /bin/secret: the file is -rwx------");

        bundle.args("sleep", "100").run("--detach").success();
        Result exec = bundle.confine("exec", bundle.id(), "/bin/secret");
        assertThat(exec.err())
                .startsWith("confine: exec: \"/bin/secret\": permission denied; at /bin/secret: ")
                .contains("/proc/" + bundle.pid() + "/root/bin/secret");
        bundle.deleteByForce().success();
    }

    @AsEach
    void program_thatIsClosedAfterItWasFound_isExplainedByStart(As as) {
        Bundle bundle = Bundle.of(as).userNamespace("0:" + as.firstSubordinate() + ":1000");
        Path program = bundle.rootfs().resolve("bin/later");
        Scratch.write(program, "#!/bin/sh\n");
        Scratch.chmod(program, "rwxr-xr-x");
        bundle.args("/bin/later").create().success();
        Scratch.chmod(program, "---------");
        bundle.confine("start", bundle.id())
                .refusal(
                        "confine: exec of the program of container " + bundle.id() + ": EACCES: permission denied",
                        "; at /bin/later: the file is ---------- of uid");
        bundle.deleteByForce().success();
    }

    @Test
    void noUserNamespaces_isExplained() {
        Bundle bundle = Bundle.of(As.USER).userNamespace("0:0:1");
        Confine within = Confine.as(As.USER)
                .via(
                        "unshare",
                        "--user",
                        "--map-root-user",
                        "--mount",
                        "sh",
                        "-c",
                        "echo 0 > /proc/sys/user/max_user_namespaces && exec \"$@\"",
                        "sh");
        bundle.run(within)
                .refusal(
                        "ENOSPC",
                        "no user namespaces may be made (user.max_user_namespaces is 0); to allow it: sysctl -w");
    }

    @Test
    void source_behindAClosedDirectory_isExplained() {
        Bundle bundle = Bundle.of(As.USER);
        Path closed = Scratch.current().path("closed");
        secret(closed, "directory");
        bundle.mount("{destination: '/data', type: 'bind', source: '" + closed + "/data', options: ['bind']}")
                .run()
                .refusal("EACCES", "at " + closed + ": the directory is drwx------ of uid 0 and gid 0");
    }
}
