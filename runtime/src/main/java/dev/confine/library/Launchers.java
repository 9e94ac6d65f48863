package dev.confine.library;

import dev.confine.ConfineException;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * Starts launchers, and keeps some waiting that have pipes as stdio. Each connects to a socket of its own in a directory that nobody else may enter, which is how it is known to
 * be the one.
 */
final class Launchers implements AutoCloseable {
    private static final String VARIABLE = "_CONFINE_SOCKET";

    /** What a container of a short program needs to end. */
    private static final long LULL_MILLIS = 10;

    private final LauncherFile file;
    private final AtomicLong number = new AtomicLong();
    private final BlockingQueue<Launcher> waiting;
    private final Semaphore places;
    private final Semaphore haste = new Semaphore(0);
    private final AtomicInteger taken = new AtomicInteger();
    private final @Nullable Thread keeper;
    private volatile boolean closed;

    /** @param kept how many wait at any time, 0 for none */
    Launchers(LauncherFile file, int kept) {
        this.file = file;
        this.waiting = new LinkedBlockingQueue<>();
        this.places = new Semaphore(kept);
        this.keeper = kept == 0 ? null : new Thread(this::keep, "confine-launchers");
        if (keeper != null) {
            keeper.setDaemon(true);
            keeper.start();
        }
    }

    /** One with pipes as stdio: one that waits, else a new one. */
    Launcher take() {
        Launcher ready = poll();
        while (ready != null && !ready.isWaiting()) {
            ready.letGo();
            ready = poll();
        }
        return ready == null ? start(Redirect.PIPE, Redirect.PIPE, Redirect.PIPE) : ready;
    }

    private @Nullable Launcher poll() {
        Launcher ready = waiting.poll();
        if (ready != null) {
            taken.incrementAndGet();
        }
        return ready;
    }

    /** What was asked of a launcher that was taken is done: now others are started in their place. Before, that would be work beside the making of a container. */
    void replace() {
        places.release(taken.getAndSet(0));
        if (waiting.isEmpty()) {
            haste.release();
        }
    }

    Launcher start(Redirect in, Redirect out, Redirect err) {
        if (closed) {
            throw new IllegalStateException("it is closed");
        }
        Path socket = file.directory().resolve(Long.toString(number.incrementAndGet()));
        try (ServerSocketChannel server = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
            server.bind(UnixDomainSocketAddress.of(socket), 1);
            ProcessBuilder builder = new ProcessBuilder(file.path().toString())
                    .redirectInput(in)
                    .redirectOutput(out)
                    .redirectError(err);
            builder.environment().put(VARIABLE, socket.toString());
            return accept(builder.start(), server);
        } catch (IOException failed) {
            throw new ConfineException("start the launcher " + file.path() + ": " + failed.getMessage(), failed);
        } finally {
            remove(socket);
        }
    }

    /** One that ends before it connects ends the wait for it. */
    private static Launcher accept(Process process, ServerSocketChannel server) throws IOException {
        CompletableFuture<Void> end = process.onExit().thenRun(() -> close(server));
        SocketChannel channel = server.accept();
        end.cancel(false);
        try {
            return Launcher.of(process, channel);
        } catch (ConfineException refused) {
            channel.close();
            process.destroyForcibly();
            throw refused;
        }
    }

    private static void close(ServerSocketChannel server) {
        try {
            server.close();
        } catch (IOException closing) {
            throw new IllegalStateException(closing);
        }
    }

    private static void remove(Path socket) {
        try {
            Files.deleteIfExists(socket);
        } catch (IOException stays) {
            throw new ConfineException("remove " + socket + ": " + stays.getMessage(), stays);
        }
    }

    /** What cannot be started here is left to who takes one, and is told the reason. */
    private void keep() {
        try {
            places.acquire();
            while (!closed) {
                awaitLull();
                waiting.add(start(Redirect.PIPE, Redirect.PIPE, Redirect.PIPE));
                places.acquire();
            }
        } catch (ConfineException | IllegalStateException | InterruptedException none) {
            return;
        }
    }

    /** While there is still one that waits, the container that was started may end undisturbed. */
    private void awaitLull() throws InterruptedException {
        if (!waiting.isEmpty()) {
            haste.tryAcquire(LULL_MILLIS, TimeUnit.MILLISECONDS);
        }
        haste.drainPermits();
    }

    /** Ends those that wait; a container that runs is not theirs any more. */
    @Override
    public void close() {
        closed = true;
        if (keeper != null) {
            keeper.interrupt();
            join(keeper);
        }
        Launcher left = waiting.poll();
        while (left != null) {
            left.dismiss(0);
            left = waiting.poll();
        }
        file.close();
    }

    private static void join(Thread ended) {
        try {
            ended.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
