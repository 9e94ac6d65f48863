package dev.confine.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** The socket of the caller's service manager, sd_notify(3): what the container says there is heard outside. */
@Containers
final class NotificationTest {
    /** Prints what one datagram says. */
    private static final String LISTENER = """
            import socket, sys, os
            s = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
            s.bind(sys.argv[1].replace('@', '\\0', 1))
            if not sys.argv[1].startswith('@'): os.chmod(sys.argv[1], 0o777)
            print('listens', flush=True)
            s.settimeout(30)
            print(s.recv(4096).decode(), flush=True)
            """;

    /** What syslog(3) writes to is a socket of datagrams, at a place of its own. */
    private static final String NOTIFY = "echo $NOTIFY_SOCKET; ln -s $NOTIFY_SOCKET /dev/log && logger READY=1; :";

    private static Command.Running listen(As as, String socket) {
        Host.require("python");
        return Command.of(Command.words(as.prefix(), "python3", "-c", LISTENER, socket))
                .start()
                .until("listens");
    }

    private static Path socket(As as) {
        return Scratch.current().unused("listener", as).resolve("notify");
    }

    @AsEach
    void notification_isHeardOutside(As as) {
        Path socket = socket(as);
        Command.Running listener = listen(as, socket.toString());
        Bundle bundle = Bundle.of(as).script(NOTIFY);
        assertThat(bundle.run(Confine.as(as).env("NOTIFY_SOCKET", socket.toString()))
                        .output())
                .isEqualTo("/run/notify/notify.sock");
        assertThat(listener.await().out()).contains("READY=1");
    }

    @AsEach
    void notification_ofACreatedContainerWithATmpfsOnRun_isHeardOutside(As as) {
        Path socket = socket(as);
        Command.Running listener = listen(as, socket.toString());
        Bundle bundle = Bundle.of(as)
                .mount("{destination: '/run', type: 'tmpfs', source: 'tmpfs'}")
                .script(NOTIFY);
        bundle.create(Confine.as(as).env("NOTIFY_SOCKET", socket.toString())).success();
        bundle.confine("start", bundle.id()).success();
        assertThat(listener.await().out()).contains("READY=1");
        bundle.deleteByForce().success();
    }

    @Test
    void abstractSocket_isThatOfTheSharedNetworkAlone() {
        String name = "@confine-it-" + ProcessHandle.current().pid();
        Bundle shared = Bundle.of(As.ROOT).withoutNamespace("network").script("echo \"<$NOTIFY_SOCKET>\"");
        assertThat(shared.run(Confine.as(As.ROOT).env("NOTIFY_SOCKET", name)).output())
                .isEqualTo("<" + name + ">");
        Bundle own = Bundle.of(As.ROOT).withNetwork().script("echo \"<$NOTIFY_SOCKET>\"");
        assertThat(own.run(Confine.as(As.ROOT).env("NOTIFY_SOCKET", name)).output())
                .isEqualTo("<>");
    }

    @AsEach
    void socketThatIsNotThere_isRefused(As as) {
        Bundle.of(as)
                .run(Confine.as(as).env("NOTIFY_SOCKET", "/run/nothing/here"))
                .refusal("ENOENT", "NOTIFY_SOCKET", "/run/nothing/here");
    }

    @AsEach
    void variableOfTheConfiguration_isLeftAlone(As as) {
        Bundle bundle = Bundle.of(as)
                .script("echo $NOTIFY_SOCKET; test -e /run/notify || echo none")
                .add("/process/env", "'NOTIFY_SOCKET=/mine'");
        assertThat(bundle.run(Confine.as(as).env("NOTIFY_SOCKET", "/run/nothing/here"))
                        .output())
                .isEqualTo("/mine\nnone");
    }
}
