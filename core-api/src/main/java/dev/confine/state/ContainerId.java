package dev.confine.state;

import dev.confine.ConfineException;
import dev.confine.Quoted;

/**
 * The name of a container: {@code [A-Za-z0-9_+.-]+}, neither {@code .} nor {@code ..}, at most 255 characters (a file name). A value of this type is
 * safe as a file name; whether the container exists is another question.
 */
public record ContainerId(String value) {
    private static final int LONGEST = 255;

    public ContainerId {
        if (!isValid(value)) {
            throw new ConfineException("invalid container ID format: " + Quoted.text(value)
                    + " (write letters, digits, '_', '+', '.' and '-', at most " + LONGEST
                    + ", and neither '.' nor '..')");
        }
    }

    public static ContainerId parse(String text) {
        return new ContainerId(text);
    }

    /** Whether {@code text} is a container id. */
    public static boolean isValid(String text) {
        if (text.isEmpty() || text.length() > LONGEST || text.equals(".") || text.equals("..")) {
            return false;
        }
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            boolean letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
            if (!letter && "_+.-".indexOf(c) < 0) {
                return false;
            }
        }
        return true;
    }

    @Override
    public String toString() {
        return value;
    }
}
