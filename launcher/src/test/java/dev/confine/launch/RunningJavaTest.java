package dev.confine.launch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.Channels;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The launcher and a JVM that runs already: a parent that listens, and an engine. */
class RunningJavaTest {
    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path directory;

    @SuppressWarnings("NullAway.Init")
    private Distribution distribution;

    @BeforeEach
    void install() throws IOException {
        distribution = Distribution.in(directory);
    }

    private ServerSocketChannel listen(String name) throws IOException {
        return ServerSocketChannel.open(StandardProtocolFamily.UNIX)
                .bind(UnixDomainSocketAddress.of(directory.resolve(name)));
    }

    private static SocketConversation meet(ServerSocketChannel server) throws IOException {
        SocketChannel channel = server.accept();
        return new SocketConversation(Channels.newInputStream(channel), Channels.newOutputStream(channel), false);
    }

    @Test
    void parent_thatListens_hasTheConversation() throws Exception {
        try (ServerSocketChannel server = listen("parent")) {
            Process process = distribution.start("_CONFINE_SOCKET=$PWD/parent exec \"$0\" \"$@\"", "one", "two");
            SocketConversation conversation = meet(server);
            assertThat(conversation.caller().args()).containsExactly("one", "two");
            assertThat(conversation.caller().environment()).doesNotContainKey("_CONFINE_SOCKET");
            assertThat(conversation.caller().pid()).isEqualTo(process.pid());
            conversation.out("answered\n");
            conversation.exit(5);
            assertThat(distribution.finish(process)).isEqualTo(new Distribution.Result(5, "answered\n", ""));
        }
    }

    @Test
    void parent_thatIsGone_isAnError() throws Exception {
        assertThat(distribution.shell("_CONFINE_SOCKET=$PWD/parent exec \"$0\" \"$@\"", "write"))
                .isEqualTo(new Distribution.Result(
                        1, "", "confine: cannot connect to the program that started it: errno 2\n"));
    }

    private Process startWithEngine(String scenario) throws IOException {
        return distribution.start("CONFINE_ENGINE_SOCKET=$PWD/engine exec \"$0\" \"$@\"", scenario);
    }

    @Test
    void socketThatTheCallerNames_isNotTaken() throws Exception {
        try (ServerSocketChannel server = listen("engine")) {
            Process process = distribution.start(
                    "exec 9</dev/null; CONFINE_ENGINE_SOCKET=$PWD/engine _CONFINE_ENGINE=9 exec \"$0\" \"$@\"",
                    "write");
            SocketConversation conversation = meet(server);
            assertThat(conversation.caller().environment()).doesNotContainKey("_CONFINE_ENGINE");
            conversation.take();
            conversation.exit(6);
            assertThat(distribution.finish(process).code()).isEqualTo(6);
        }
        assertThat(distribution.shell("exec 9</dev/null; _CONFINE_ENGINE=9 exec \"$0\" \"$@\"", "write"))
                .isEqualTo(distribution.run("write"));
    }

    @Test
    void engine_thatTakesTheCommand_answersIt() throws Exception {
        try (ServerSocketChannel server = listen("engine")) {
            Process process = startWithEngine("write");
            SocketConversation conversation = meet(server);
            assertThat(conversation.library()).isEqualTo(directory + "/lib");
            conversation.take();
            conversation.err("the engine\n");
            conversation.exit(6);
            assertThat(distribution.finish(process)).isEqualTo(new Distribution.Result(6, "", "the engine\n"));
        }
    }

    @Test
    void engine_thatHasNoAnswer_isFollowedByTheOtherArguments() throws Exception {
        List<String> arguments = new ArrayList<>(Distribution.javaArguments());
        arguments.add(1, "-Dfull=true");
        Files.write(directory.resolve("lib/java.full.args"), arguments);
        try (ServerSocketChannel server = listen("engine")) {
            Process process = startWithEngine("again");
            meet(server).again();
            assertThat(distribution.finish(process)).isEqualTo(new Distribution.Result(0, "answered to [again]\n", ""));
        }
    }

    @Test
    void engine_thatGoesAwayBeforeItTakesTheCommand_isNotMissed() throws Exception {
        try (ServerSocketChannel server = listen("engine")) {
            Process process = startWithEngine("write");
            server.accept().close();
            assertThat(distribution.finish(process))
                    .isEqualTo(new Distribution.Result(0, "written by the program\n", ""));
        }
    }

    @Test
    void engine_thatIsSilent_isNotWaitedForAndHearsOfIt() throws Exception {
        try (ServerSocketChannel server = listen("engine")) {
            Process process = startWithEngine("write");
            SocketConversation conversation = meet(server);
            assertThat(distribution.finish(process).out()).isEqualTo("written by the program\n");
            assertThatThrownBy(conversation::take).isInstanceOf(ConversationLost.class);
        }
    }

    @Test
    void engine_thatDiesAfterItTookTheCommand_isAnError() throws Exception {
        try (ServerSocketChannel server = listen("engine")) {
            Process process = startWithEngine("write");
            try (SocketChannel channel = server.accept()) {
                new SocketConversation(Channels.newInputStream(channel), Channels.newOutputStream(channel), false)
                        .take();
            }
            assertThat(distribution.finish(process))
                    .isEqualTo(new Distribution.Result(1, "", "confine: the engine ended unexpectedly\n"));
        }
    }

    @Test
    void engine_thatIsNotWanted_isNotAsked() throws Exception {
        try (ServerSocketChannel server = listen("engine")) {
            assertThat(distribution
                            .shell("CONFINE_ENGINE=off CONFINE_ENGINE_SOCKET=$PWD/engine exec \"$0\" \"$@\"", "write")
                            .out())
                    .isEqualTo("written by the program\n");
            server.configureBlocking(false);
            assertThat(server.accept()).isNull();
        }
    }
}
