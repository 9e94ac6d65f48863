package dev.confine.validate;

import dev.confine.Quoted;

/**
 * One thing that is wrong in a configuration. It knows what and where; line and column are the reader's business.
 *
 * @param pointer JSON pointer (RFC 6901) into config.json, empty for the whole of it
 * @param message what is wrong and what to write instead, in one line that is safe to print
 */
public record Violation(String pointer, String message) {
    /** Pointer and message as a user reads them. */
    @Override
    public String toString() {
        return pointer.isEmpty() ? message : Quoted.path(pointer) + ": " + message;
    }
}
