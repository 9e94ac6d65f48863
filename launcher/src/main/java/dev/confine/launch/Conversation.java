package dev.confine.launch;

import dev.confine.spi.Session;
import java.util.List;

/**
 * A command as seen from Java: who called, and a launcher that executes programs for it. One program at a time, one thread.
 * It does not verify programs. Every method throws {@link ConversationLost} when the launcher is gone.
 */
public interface Conversation extends Session {
    /** The machine the launcher was built for; programs are encoded for it. */
    Architecture architecture();

    /** Sends a program, which starts at once. What an earlier one that is not done yet still has to say is skipped, as by {@link #cancel}. */
    void run(Program program);

    /**
     * The next event of the program. Throws {@link LaunchFailure} for the first failure of a program; later failures, which that one
     * usually brings about in other processes, are skipped, so that the events up to {@link Event.Done} can still be read.
     */
    Event await();

    /** The next event, which must be a value with this tag. Throws as {@link #await} does. */
    long awaitValue(int tag);

    /** The next event, which must be bytes with this tag. Throws as {@link #await} does. */
    byte[] awaitBytes(int tag);

    /** The next event, which must be the end of the program. Throws as {@link #await} does. */
    void awaitDone();

    /** Data for the RECEIVE that the program waits in. */
    void data(byte[] content);

    /**
     * Makes a program that waits in RECEIVE fail with ECANCELED, and returns when the front is back in the conversation, at once if it is
     * there already. A program that waits for something else is waited for.
     *
     * @return what the program still said, without its end
     */
    List<Event> cancel();

    /** The program has ended the front by itself: from here on nothing is said to it, and {@link #exit} does nothing. */
    void leave();

    /** The last word: the front exits with this code, 0 to 255, as soon as the JVM has ended. */
    void exit(int code);
}
