package dev.confine.it;

import java.nio.file.Path;
import java.util.List;

/** Who takes a terminal at a console socket, as conmon and the shim of containerd do: a script that tells what it got, and then copies what is written there. */
final class ConsoleSocket {
    private static final String RECEIVER = """
            import array, os, socket, sys, time
            listener = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
            listener.bind(sys.argv[1])
            listener.listen(1)
            print('listening', flush=True)
            connection, _ = listener.accept()
            name, control, flags, _ = connection.recvmsg(4096, socket.CMSG_SPACE(16))
            fds = array.array('i', control[0][2])
            assert len(control) == 1 and len(fds) == 1 and flags == 0, (control, flags)
            print('name', name.decode(), 'terminal', os.isatty(fds[0]), flush=True)
            print('rest', connection.recv(1), flush=True)
            for text in sys.argv[2:]:
                os.write(fds[0], text.encode())
            # read(2) may fail with EIO before it gives what came just before the terminal was closed: only the second time is there nothing left
            failures = 0
            while failures < 2:
                try:
                    os.write(1, os.read(fds[0], 65536))
                    failures = 0
                except OSError as e:
                    failures, end = failures + 1, e.errno
                    time.sleep(0.05)
            print('end', end, flush=True)
            """;

    private final Path path;
    private final Command.Running receiver;

    /** Listens, as {@code as}; writes {@code input} into the terminal that comes. */
    ConsoleSocket(As as, String... input) {
        this(as, Scratch.current().directory("console", as).resolve("socket"), input);
    }

    ConsoleSocket(As as, Path path, String... input) {
        Host.require("python");
        this.path = path;
        List<String> words = Command.words(as.prefix(), "python3", "-c", RECEIVER, path.toString());
        receiver = Command.of(Command.words(words, input)).start().until("listening");
    }

    String path() {
        return path.toString();
    }

    /** What it was given and what came through it, without carriage returns, once every process has closed the terminal. */
    String end() {
        return receiver.await().success().out().replace("\r", "");
    }

    void kill() {
        receiver.process().destroyForcibly();
        receiver.process().onExit().join();
    }
}
