package dev.confine.runtime.lifecycle;

import dev.confine.ConfineException;
import dev.confine.Quoted;
import dev.confine.launch.Conversation;
import dev.confine.launch.Errno;
import dev.confine.launch.Event;
import dev.confine.runtime.compile.Tags;
import dev.confine.runtime.criu.Answer;
import dev.confine.runtime.criu.Request;
import dev.confine.spi.CriuOptions;
import dev.confine.spi.ProgramPath;
import java.io.BufferedReader;
import java.io.File;
import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.function.Supplier;

/** What Java and criu say to each other over the front, whatever it is about: criu does the work, and says what is wrong. */
final class CriuConversation {
    private final Conversation front;
    private final CriuOptions options;
    private final String log;

    /** @param log the name of criu's log */
    CriuConversation(Conversation front, CriuOptions options, String log) {
        this.front = front;
        this.options = options;
        this.log = log;
    }

    /** What is done when criu tells how far it is. */
    interface Steps {
        void at(Answer answer);
    }

    /** The program, as the command needs it that {@code verb} names. */
    String program(String verb) {
        String named = options.criu();
        String program = named != null ? named : ProgramPath.of(front.caller()).find("criu");
        if (program == null) {
            throw new ConfineException(
                    verb
                            + " needs criu, and it is not installed (Debian, Ubuntu: apt-get install criu; Fedora: dnf install criu)");
        }
        return program;
    }

    /** An existing one is taken: iterations of a migration share it. Returns whether it is new. */
    static boolean make(String directory) {
        File file = new File(directory);
        boolean made = file.mkdir();
        if (!made && !file.isDirectory()) {
            throw new ConfineException(
                    "cannot make the directory " + directory + ": is its parent there, and writable for you?");
        }
        return made;
    }

    /** The directories that the front has opened. */
    Request.Directories directories() {
        long images = front.awaitValue(Tags.DIRECTORY);
        return new Request.Directories(images, options.work() == null ? -1 : front.awaitValue(Tags.DIRECTORY));
    }

    /**
     * Asks, and returns when criu has done it.
     *
     * @param events how the next event is waited for
     * @param failed what is said when it cannot
     */
    void ask(byte[] request, Supplier<Event> events, Steps steps, String failed) {
        front.data(request);
        Answer answer = answer(events);
        while (answer.isNotification()) {
            steps.at(answer);
            front.data(Request.notified());
            answer = answer(events);
        }
        if (!answer.success()) {
            throw new ConfineException(failed + reason(answer));
        }
    }

    /** Has the front go on. */
    void end() {
        front.data(new byte[0]);
    }

    /** What is for the front itself. */
    void tell(int letter, long value) {
        byte[] message = new byte[16];
        message[0] = (byte) letter;
        for (int i = 0; i < 8; i++) {
            message[8 + i] = (byte) (value >>> (8 * i));
        }
        front.data(message);
    }

    private Answer answer(Supplier<Event> events) {
        Event event = events.get();
        if (!(event instanceof Event.Bytes bytes) || bytes.tag() != Tags.CRIU_SAYS) {
            throw new ConfineException("the front said something unexpected: " + event);
        }
        if (bytes.content().length == 0) {
            throw new ConfineException(
                    "criu ended without an answer" + firstError() + "; `criu check` tells whether it works here");
        }
        return Answer.parse(bytes.content());
    }

    private String reason(Answer answer) {
        String errno = answer.errno() == 0 ? "" : ": " + Errno.describe(answer.errno());
        String words = answer.reason().isEmpty() ? firstError() : ": " + Quoted.path(answer.reason());
        return errno + words + " (" + logFile() + "; `criu check` tells whether it works here)";
    }

    private String logFile() {
        return options.logs() + "/" + log;
    }

    /** The first error that the log tells of, which brought about the others. */
    private String firstError() {
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
