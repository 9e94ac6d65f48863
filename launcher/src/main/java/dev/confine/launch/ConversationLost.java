package dev.confine.launch;

import dev.confine.ConfineException;

/** The launcher is gone, or says what it cannot mean: there is nobody left to do anything for. */
public final class ConversationLost extends ConfineException {
    private static final long serialVersionUID = 1L;

    public ConversationLost(String message) {
        super(message);
    }

    public ConversationLost(String message, Throwable cause) {
        super(message, cause);
    }
}
