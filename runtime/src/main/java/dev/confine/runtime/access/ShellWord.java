package dev.confine.runtime.access;

import dev.confine.Quoted;

/** A word of a command line, as a shell reads it. */
public final class ShellWord {
    private ShellWord() {}

    /** In single quotes where it needs them; control characters are not kept, as nobody pastes them. */
    public static String of(String word) {
        boolean plain = !word.isEmpty();
        for (int i = 0; i < word.length(); i++) {
            char c = word.charAt(i);
            boolean letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
            plain &= letter || "/._-+:,=@%".indexOf(c) >= 0;
        }
        return plain ? word : "'" + Quoted.path(word).replace("'", "'\\''") + "'";
    }
}
