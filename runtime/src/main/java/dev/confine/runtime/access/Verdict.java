package dev.confine.runtime.access;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The answer to whether a path may be used, with all that was decided on the way. After a refusal the walk goes on where it can, so that all refusals are known.
 *
 * @param path as it was asked for
 * @param wanted of the last component
 * @param steps in the order the kernel decides them
 * @param unseen why the walk could not be finished, or null when it was
 */
public record Verdict(
        String path, int wanted, List<Step> steps, @Nullable String unseen) {
    public Verdict {
        steps = List.copyOf(steps);
    }

    /**
     * One decision.
     *
     * @param path of what it is about, without links but the last
     * @param node the file, or null where there is none
     */
    public record Step(String path, Tree.@Nullable Node node, Decision decision) {}

    /** The first refusal, or null when there is none. */
    public @Nullable Step refusal() {
        for (Step step : steps) {
            if (!step.decision().allows()) {
                return step;
            }
        }
        return null;
    }

    public Answer answer() {
        if (refusal() != null) {
            return Answer.NO;
        }
        return unseen == null ? Answer.YES : Answer.UNKNOWN;
    }

    /** May it, or not. */
    public enum Answer {
        YES("yes"),
        NO("no"),
        UNKNOWN("unknown");

        private final String word;

        Answer(String word) {
            this.word = word;
        }

        public String word() {
            return word;
        }
    }
}
