package dev.confine.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;

/** {@code --pidfd-socket}: who listens there gets a pidfd of the process. */
@Containers
final class PidfdTest {
    private static final String RECEIVER = """
            import array, socket, sys
            listener = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
            listener.bind(sys.argv[1])
            listener.listen(1)
            print('listening', flush=True)
            connection, _ = listener.accept()
            name, control, flags, _ = connection.recvmsg(4096, socket.CMSG_SPACE(16))
            fds = array.array('i', control[0][2])
            info = open('/proc/self/fdinfo/%d' % fds[0]).read()
            print(name.decode(), len(fds), [line.split()[1] for line in info.splitlines() if line.startswith('Pid:')])
            """;

    private static Path place(As as) {
        return Scratch.current().directory("pidfd", as).resolve("socket");
    }

    private static Command.Running listen(As as, Path path) {
        Host.require("python");
        return Command.of(Command.words(as.prefix(), "python3", "-c", RECEIVER, path.toString()))
                .start()
                .until("listening");
    }

    @AsEach
    void create_handsThePidfdOut(As as) {
        Path path = place(as);
        Command.Running receiver = listen(as, path);
        Bundle bundle = Bundle.of(as);
        bundle.create("--pidfd-socket", path.toString()).success();
        assertThat(receiver.await().output()).isEqualTo("listening\npidfd 1 ['" + bundle.pid() + "']");
        bundle.deleteByForce().success();
    }

    @AsEach
    void exec_handsThePidfdOut(As as) {
        Path path = place(as);
        Command.Running receiver = listen(as, path);
        Bundle bundle = ExecTest.running(as);
        Path pidFile = bundle.host("pid");
        ExecTest.exec(
                        bundle,
                        "--pidfd-socket",
                        path.toString(),
                        "--pid-file",
                        pidFile.toString(),
                        "-d",
                        bundle.id(),
                        "sleep",
                        "100")
                .success();
        assertThat(receiver.await().output()).isEqualTo("listening\npidfd 1 ['" + Scratch.read(pidFile) + "']");
        bundle.deleteByForce().success();
    }

    @AsEach
    void nobodyListens_isRefused_andLeavesNothing(As as) {
        Bundle bundle = Bundle.of(as);
        bundle.create("--pidfd-socket", "/nowhere").refusal("connect to the pidfd socket /nowhere", "ENOENT");
        assertThat(Scratch.names(bundle.stateDirectory())).isEmpty();
        ExecTest.running(bundle);
        ExecTest.refused(
                ExecTest.exec(bundle, "--pidfd-socket", "/nowhere", bundle.id(), "true"),
                "connect to the pidfd socket /nowhere");
        bundle.deleteByForce().success();
    }
}
