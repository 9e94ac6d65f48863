package dev.confine.library;

import dev.confine.state.ContainerId;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * A container that was started, as a process. Its exit code is its program's, 128+n where a signal n ended it. When it ends nothing is left of the container, whether this JVM
 * still runs or not. Waiting holds no monitor, so a virtual thread gives its carrier back.
 */
public final class ContainerProcess extends Process {
    private static final int SIGKILL = 9;

    private final Confine confine;
    private final ContainerId id;
    private final Process front;
    private final long pid;

    ContainerProcess(Confine confine, ContainerId id, Process front, long pid) {
        this.confine = confine;
        this.id = id;
        this.front = front;
        this.pid = pid;
    }

    /** The container's name, as {@code confine list} shows it. */
    public String id() {
        return id.value();
    }

    /** Of the container's first process, in the JVM's pid namespace. */
    @Override
    public long pid() {
        return pid;
    }

    @Override
    public OutputStream getOutputStream() {
        return front.getOutputStream();
    }

    @Override
    public InputStream getInputStream() {
        return front.getInputStream();
    }

    @Override
    public InputStream getErrorStream() {
        return front.getErrorStream();
    }

    @Override
    public int waitFor() throws InterruptedException {
        try {
            return front.onExit().get().exitValue();
        } catch (ExecutionException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    @Override
    public boolean waitFor(long timeout, TimeUnit unit) throws InterruptedException {
        try {
            front.onExit().get(timeout, unit);
            return true;
        } catch (TimeoutException late) {
            return false;
        } catch (ExecutionException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    @Override
    public CompletableFuture<Process> onExit() {
        return front.onExit().thenApply(ended -> this);
    }

    @Override
    public int exitValue() {
        return front.exitValue();
    }

    @Override
    public boolean isAlive() {
        return front.isAlive();
    }

    /** Sends SIGTERM to the first process. The kernel lets that of a pid namespace ignore what it has no handler for. */
    @Override
    public void destroy() {
        front.destroy();
    }

    /** Kills the first process, and with it all of its pid namespace; the container is removed as when it ends by itself. */
    @Override
    public Process destroyForcibly() {
        if (isAlive()) {
            confine.kill(id, SIGKILL);
        }
        return this;
    }

    @Override
    public boolean supportsNormalTermination() {
        return true;
    }

    @Override
    public String toString() {
        return "container " + id + ", process " + pid;
    }
}
