package dev.confine.runtime.lifecycle;

import dev.confine.ConfineException;
import dev.confine.Quoted;
import dev.confine.launch.Conversation;
import dev.confine.launch.Errno;
import dev.confine.launch.LaunchFailure;
import dev.confine.runtime.compile.Compiled;
import dev.confine.runtime.compile.CriuCompiler;
import dev.confine.runtime.compile.Tags;
import dev.confine.runtime.criu.Answer;
import dev.confine.runtime.criu.Request;
import dev.confine.spec.Spec;
import dev.confine.spi.CheckpointRequest;
import dev.confine.spi.ProgramPath;
import dev.confine.state.ContainerState;
import java.io.BufferedReader;
import java.io.File;
import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;

/** Java's side of a dump: criu does the work, and says what is wrong. */
final class Checkpoint {
    private final Conversation front;
    private final ContainerState container;
    private final Spec spec;
    private final CheckpointRequest request;

    Checkpoint(Conversation front, ContainerState container, Spec spec, CheckpointRequest request) {
        this.front = front;
        this.container = container;
        this.spec = spec;
        this.request = request;
    }

    /** Returns when the images are written; unless it was to go on, the container has ended. */
    void run() {
        String program = program();
        make(request.images());
        String work = request.work();
        if (work != null) {
            make(work);
        }
        Compiled compiled = CriuCompiler.compile(program, request.images(), work);
        try {
            front.run(compiled.program());
            Creation.verify(compiled);
            long images = front.awaitValue(Tags.DIRECTORY);
            long log = work == null ? -1 : front.awaitValue(Tags.DIRECTORY);
            if (!LinuxLifecycle.alive(container)) {
                throw new ConfineException("container not running: " + container.id() + ": process already finished");
            }
            converse(Request.dump(
                    request, container.pid(), container.rootfs(), images, log, HostParts.of(spec, container.pid())));
        } catch (LaunchFailure e) {
            front.cancel();
            throw new Failures(compiled, null).explain(e, "");
        } catch (ConfineException e) {
            front.cancel();
            throw e;
        }
    }

    private String program() {
        String named = request.criu();
        String program = named != null ? named : ProgramPath.of(front.caller()).find("criu");
        if (program == null) {
            throw new ConfineException(
                    "checkpoint needs criu, and it is not installed (Debian, Ubuntu: apt-get install criu; Fedora: dnf install criu)");
        }
        return program;
    }

    /** An existing one is taken: iterations of a migration share it. */
    private static void make(String directory) {
        File file = new File(directory);
        if (!file.mkdir() && !file.isDirectory()) {
            throw new ConfineException(
                    "cannot make the directory " + directory + ": is its parent there, and writable for you?");
        }
    }

    private void converse(byte[] asked) {
        front.data(asked);
        Answer answer = answer();
        while (answer.isNotification()) {
            front.data(Request.notified());
            answer = answer();
        }
        if (!answer.success()) {
            throw new ConfineException("criu cannot save container " + container.id() + reason(answer));
        }
        front.data(new byte[0]);
        front.awaitDone();
    }

    private Answer answer() {
        byte[] content = front.awaitBytes(Tags.CRIU_SAYS);
        if (content.length == 0) {
            throw new ConfineException(
                    "criu ended without an answer" + log() + "; `criu check` tells whether it works here");
        }
        return Answer.parse(content);
    }

    private String reason(Answer answer) {
        String errno = answer.errno() == 0 ? "" : ": " + Errno.describe(answer.errno());
        String words = answer.reason().isEmpty() ? log() : ": " + Quoted.path(answer.reason());
        return errno + words + " (" + logFile() + ")";
    }

    private String logFile() {
        String directory = request.work() == null ? request.images() : request.work();
        return directory + "/" + Request.DUMP_LOG;
    }

    /** The first error that the log tells of, which brought about the others. */
    private String log() {
        try (BufferedReader lines =
                new BufferedReader(new InputStreamReader(new FileInputStream(logFile()), StandardCharsets.UTF_8))) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                int error = line.indexOf("Error (");
                if (error >= 0) {
                    return ": " + Quoted.path(line.substring(error));
                }
            }
            return "";
        } catch (IOException none) {
            return "";
        }
    }
}
