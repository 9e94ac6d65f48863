package dev.confine.runtime.doctor;

/**
 * One thing that was looked at.
 *
 * @param topic a word or two
 * @param what in one sentence
 * @param fix the exact command or line; empty where nothing is wrong
 */
public record Finding(String topic, Level level, String what, String fix) {
    /** How bad it is. */
    public enum Level {
        OK("ok"),
        /** Something may not work, or works in fewer ways. */
        WARNING("warning"),
        /** Containers of this user do not start. */
        FAILURE("failure");

        private final String word;

        Level(String word) {
            this.word = word;
        }

        public String word() {
            return word;
        }
    }

    static Finding ok(String topic, String what) {
        return new Finding(topic, Level.OK, what, "");
    }

    static Finding warning(String topic, String what, String fix) {
        return new Finding(topic, Level.WARNING, what, fix);
    }

    static Finding failure(String topic, String what, String fix) {
        return new Finding(topic, Level.FAILURE, what, fix);
    }
}
