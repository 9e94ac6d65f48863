package dev.confine.runtime.access;

import dev.confine.ConfineException;

/** Who looks may not look there, so nothing is known of it. */
public final class Unseen extends ConfineException {
    public Unseen(String path, String why) {
        super(path + " cannot be looked at: " + why);
    }
}
