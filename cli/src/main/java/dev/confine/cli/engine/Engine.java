package dev.confine.cli.engine;

import dev.confine.ConfineException;
import dev.confine.cli.config.Choices;
import dev.confine.cli.report.Reporter;
import dev.confine.launch.ConversationLost;
import dev.confine.launch.SocketConversation;
import dev.confine.runtime.socket.Connection;
import dev.confine.runtime.socket.Listener;
import dev.confine.runtime.socket.Surroundings;
import dev.confine.spi.Exit;
import dev.confine.spi.Session;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * Answers callers until it is told to stop, or nobody has called for long. It remembers nothing between commands: what there is to know is on disk. Whom it does not answer
 * hears nothing and starts a JVM, as without it.
 */
public final class Engine {
    private static final long TICK_MILLIS = 1000;
    private static final int HELLO_SECONDS = 5;
    private static final int SECONDS_TO_FINISH = 30;

    private final Listener listener;
    private final Answer answer;
    private final EngineLimits limits;
    private final Build build;
    private final Surroundings own;
    private final long uid;
    private final ThreadPoolExecutor threads;
    private final Statistics statistics = new Statistics();
    private final AtomicLong lastCall = new AtomicLong(System.nanoTime());
    private volatile boolean stopping;

    /**
     * @param library the directory that the JVM was started in
     */
    public Engine(Listener listener, String library, EngineLimits limits, Answer answer) throws IOException {
        this.listener = listener;
        this.answer = answer;
        this.limits = limits;
        this.build = Build.of(library);
        this.own = Surroundings.of(ProcessHandle.current().pid());
        this.uid = own.uid();
        this.threads = new ThreadPoolExecutor(
                limits.callers(),
                limits.callers(),
                10,
                TimeUnit.SECONDS,
                new ArrayBlockingQueue<>(limits.queue()),
                task -> new Thread(null, task, "caller", 1 << 20));
        threads.allowCoreThreadTimeOut(true);
    }

    /** Returns when it has stopped and every command that it had taken is done. */
    public void run() {
        while (!stopping) {
            Connection connection = listener.accept(TICK_MILLIS);
            if (connection != null) {
                receive(connection);
            } else if (isIdle() || !build.isCurrent()) {
                stop();
            }
        }
        listener.close();
        finish();
    }

    /** From any thread: no further caller is answered. */
    public void stop() {
        stopping = true;
        listener.wake();
    }

    private void receive(Connection connection) {
        lastCall.set(System.nanoTime());
        try {
            threads.execute(() -> serve(connection));
        } catch (RejectedExecutionException full) {
            statistics.refused("queue");
            connection.close();
        }
    }

    private boolean isIdle() {
        long idle = TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - lastCall.get());
        return limits.idleSeconds() > 0
                && idle >= limits.idleSeconds()
                && threads.getActiveCount() == 0
                && threads.getQueue().isEmpty();
    }

    private void finish() {
        threads.shutdown();
        try {
            if (!threads.awaitTermination(SECONDS_TO_FINISH, TimeUnit.SECONDS)) {
                threads.shutdownNow();
            }
        } catch (InterruptedException ended) {
            Thread.currentThread().interrupt();
        }
    }

    private void serve(Connection connection) {
        try (connection) {
            Connection.Peer peer = connection.peer();
            if (peer.uid() != uid) {
                statistics.refused("uid");
                return;
            }
            connection.patience(HELLO_SECONDS);
            SocketConversation conversation = new SocketConversation(connection.in(), connection.out(), false);
            connection.patience(0);
            if (conversation.caller().args().equals(List.of("engine", "status"))) {
                tell(conversation, statistics.text(limits, threads));
            } else if (conversation.caller().args().equals(List.of("engine", "stop"))) {
                stop();
                tell(conversation, "");
            } else {
                serve(connection, peer, conversation);
            }
        } catch (IOException | ConversationLost lost) {
            // it only looked whether somebody listens, or has ended: it is owed nothing
            return;
        } finally {
            lastCall.set(System.nanoTime());
        }
    }

    private static void tell(SocketConversation conversation, String text) {
        conversation.take();
        conversation.out(text);
        conversation.exit(0);
    }

    private void serve(Connection connection, Connection.Peer peer, SocketConversation conversation)
            throws IOException {
        String reason = reasonAgainst(connection, peer, conversation);
        Order order = reason == null ? Order.of(conversation.caller()) : null;
        if (order != null && order.wantsNoEngine()) {
            reason = "off";
        }
        if (reason != null) {
            statistics.refused(reason);
        } else if (order == null) {
            statistics.declined();
            conversation.again();
        } else {
            conversation.take();
            Exit exit = answer(order, conversation);
            if (!exit.byFront()) {
                conversation.exit(exit.code());
            }
            statistics.answered();
        }
    }

    private @Nullable String reasonAgainst(Connection connection, Connection.Peer peer, SocketConversation conversation)
            throws IOException {
        if (stopping) {
            return "stopping";
        }
        if (!conversation.library().equals(build.library()) || !build.isCurrent()) {
            return "build";
        }
        if (conversation.caller().pid() != peer.pid() || conversation.caller().uid() != uid) {
            return "identity";
        }
        String difference = own.difference(own.ofOther(peer.pid()));
        // asked last: what was read of the pid before was of the process that connected
        return !difference.isEmpty() ? difference : connection.peerLives() ? null : "gone";
    }

    private Exit answer(Order order, Session session) {
        Choices choices;
        try {
            choices = order.choices();
        } catch (ConfineException wrong) {
            Reporter.plain(session).failure(wrong);
            return Exit.code(1);
        }
        return answer.run(order.invocation().verb(), choices, session);
    }
}
