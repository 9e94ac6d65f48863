package dev.confine.cli;

import dev.confine.launch.Conversation;
import dev.confine.launch.ForwardingConversation;
import dev.confine.spi.Caller;
import java.util.ArrayList;
import java.util.List;

/** A conversation with another command line, for {@link Training}. */
final class Pupil extends ForwardingConversation {
    private final Caller caller;

    Pupil(Conversation front, String[] command) {
        super(front);
        this.caller = caller(front.caller(), command);
    }

    @Override
    public Caller caller() {
        return caller;
    }

    private static Caller caller(Caller real, String[] command) {
        String bundle = real.args().get(0);
        // containers of this training alone, whatever others are called that the machine has
        String name = bundle.substring(bundle.lastIndexOf('/') + 1);
        List<String> args = new ArrayList<>();
        args.add("--root");
        args.add(bundle + "/state");
        for (String word : command) {
            args.add(word.replace("BUNDLE", bundle).replace("NAME", name));
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
}
