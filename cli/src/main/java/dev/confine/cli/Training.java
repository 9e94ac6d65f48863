package dev.confine.cli;

import dev.confine.launch.Architecture;
import dev.confine.launch.Conversation;
import dev.confine.launch.Event;
import dev.confine.launch.Program;
import dev.confine.launch.SocketConversation;
import dev.confine.runtime.InstalledBackend;
import dev.confine.spi.Caller;
import dev.confine.spi.Exit;
import dev.confine.spi.Rehearsal;
import java.util.ArrayList;
import java.util.List;

/**
 * Another entry, for the build: drives the hot verbs in one JVM, so that what they load can be recorded in a cache. The single argument is a
 * directory with a bundle. What a machine that builds cannot do, such as make a namespace, fails there and is missing in the cache, which costs time and nothing else.
 */
public final class Training {
    private static final String[][] COMMANDS = {
        {"state", "unknown"},
        {"create", "--bundle", "BUNDLE", "--pid-file", "BUNDLE/pid", "one"},
        {"state", "one"},
        {"start", "one"},
        {"kill", "one", "KILL"},
        {"delete", "--force", "one"},
        {"--backend", "newuidmap", "run", "--detach", "--bundle", "BUNDLE", "two"},
        {"delete", "--force", "two"},
        {"run", "--bundle", "BUNDLE", "three"},
    };

    private Training() {}

    /** Takes no arguments: they come from the front, as in {@link Main}. */
    public static void main(String[] args) {
        Conversation conversation = SocketConversation.onStandardInput();
        for (InstalledBackend installed : BuiltIn.backends().all()) {
            if (installed.backend() instanceof Rehearsal backend) {
                backend.rehearse();
            }
        }
        Exit last = Exit.OK;
        for (String[] command : COMMANDS) {
            last = Main.answer(new Pupil(conversation, command));
        }
        if (!last.byFront()) {
            conversation.exit(last.code());
        }
        Runtime.getRuntime().halt(last.code());
    }

    /** The conversation with another command line. */
    private record Pupil(Conversation front, Caller caller) implements Conversation {
        Pupil(Conversation front, String[] command) {
            this(front, caller(front.caller(), command));
        }

        private static Caller caller(Caller real, String[] command) {
            String bundle = real.args().get(0);
            List<String> args = new ArrayList<>();
            args.add("--root");
            args.add(bundle + "/state");
            for (String word : command) {
                args.add(word.replace("BUNDLE", bundle));
            }
            return new Caller(
                    real.pid(),
                    real.uid(),
                    real.gid(),
                    real.groups(),
                    real.umask(),
                    real.capabilities(),
                    real.terminals(),
                    real.cwd(),
                    args,
                    real.environment());
        }

        @Override
        public Architecture architecture() {
            return front.architecture();
        }

        @Override
        public boolean cold() {
            return front.cold();
        }

        @Override
        public void run(Program program) {
            front.run(program);
        }

        @Override
        public Event await() {
            return front.await();
        }

        @Override
        public long awaitValue(int tag) {
            return front.awaitValue(tag);
        }

        @Override
        public byte[] awaitBytes(int tag) {
            return front.awaitBytes(tag);
        }

        @Override
        public void awaitDone() {
            front.awaitDone();
        }

        @Override
        public void data(byte[] content) {
            front.data(content);
        }

        @Override
        public void cancel() {
            front.cancel();
        }

        @Override
        public void exit(int code) {
            front.exit(code);
        }

        @Override
        public void out(String text) {
            front.out(text);
        }

        @Override
        public void err(String text) {
            front.err(text);
        }
    }
}
