package dev.confine.cli.engine;

import dev.confine.ConfineException;
import dev.confine.launch.Conversation;
import dev.confine.launch.verify.Breach;
import dev.confine.launch.verify.Verifier;
import dev.confine.runtime.compile.Compiled;
import dev.confine.runtime.socket.Connection;
import dev.confine.runtime.socket.Listener;
import dev.confine.spi.Session;
import java.io.File;
import java.util.List;

/** What both ways to start an engine share. */
final class Start {
    private final Conversation front;
    private final String socket;
    private final EngineProcess process;

    Start(Session session) {
        if (!(session instanceof Conversation conversation)) {
            throw new IllegalArgumentException("an engine is started by a launcher");
        }
        this.front = conversation;
        this.socket = EngineSocket.of(session.caller());
        this.process = new EngineProcess(session.caller(), System.getProperty("user.dir"));
    }

    String socket() {
        return socket;
    }

    EngineProcess process() {
        return process;
    }

    boolean isAnswered() {
        Connection connection = Listener.connect(socket);
        if (connection == null) {
            return false;
        }
        connection.close();
        return true;
    }

    /** Makes the directory of the socket, for the user alone. */
    void prepare() {
        File directory = new File(socket).getParentFile();
        if (directory != null && !directory.isDirectory() && !directory.mkdirs() && !directory.isDirectory()) {
            throw new ConfineException("cannot make " + directory + ", in which the engine is to listen");
        }
    }

    Conversation run(Compiled compiled) {
        List<Breach> breaches = Verifier.check(compiled.program());
        if (!breaches.isEmpty()) {
            throw new ConfineException("the compiler made a program that the verifier refuses: " + breaches);
        }
        front.run(compiled.program());
        return front;
    }
}
