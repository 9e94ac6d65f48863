package dev.confine;

import java.util.Objects;

/**
 * Something that was asked for cannot be done. The message is what the user reads: what, on what, errno by name, where in config.json
 * or which flag, and the cure where there is one. Subclasses add typed fields; none is a programming error.
 */
public class ConfineException extends RuntimeException {
    public ConfineException(String message) {
        super(message);
    }

    public ConfineException(String message, Throwable cause) {
        super(message, cause);
    }

    @Override
    public String getMessage() {
        return Objects.requireNonNull(super.getMessage());
    }
}
