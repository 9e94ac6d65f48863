package dev.confine.it;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * How a command ended.
 *
 * @param what the command, for messages
 * @param exit 128+n where a signal n ended it
 */
record Result(String what, int exit, String out, String err) {

    /** Fails unless it succeeded. */
    Result success() {
        assertThat(exit).as("%s\nout: %s\nerr: %s", what, out, err).isZero();
        return this;
    }

    /** What it wrote, without white space around it, once it succeeded in silence. */
    String output() {
        success();
        assertThat(err).as(what).isEmpty();
        return out.strip();
    }

    /** Fails unless confine refused it, with exit code 1 and in one line that names each of these. */
    Result refusal(String... words) {
        assertThat(exit).as("%s\nout: %s\nerr: %s", what, out, err).isEqualTo(1);
        assertThat(err.strip()).as(what).contains(words).doesNotContain("\n", "Exception", "\tat ");
        return this;
    }

    /** The same where several things are wrong, each in a line. */
    Result refusals(String... words) {
        assertThat(exit).as("%s\nout: %s\nerr: %s", what, out, err).isEqualTo(1);
        assertThat(err).as(what).contains(words).doesNotContain("Exception", "\tat ");
        return this;
    }
}
