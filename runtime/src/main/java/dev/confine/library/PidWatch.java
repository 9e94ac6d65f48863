package dev.confine.library;

import dev.confine.launch.Conversation;
import dev.confine.launch.ForwardingConversation;
import dev.confine.runtime.compile.Tags;

/** A conversation that overhears which process the container's first one is. */
final class PidWatch extends ForwardingConversation {
    private long pid;

    PidWatch(Conversation front) {
        super(front);
    }

    /** 0 before it is known. */
    long pid() {
        return pid;
    }

    @Override
    public long awaitValue(int tag) {
        long value = super.awaitValue(tag);
        if (tag == Tags.PID) {
            pid = value;
        }
        return value;
    }
}
