package dev.confine.launch.verify;

import dev.confine.launch.Step;

/**
 * An invariant that a program does not keep.
 *
 * @param instruction its index in the program
 * @param step what the instruction belongs to
 * @param reason what is wrong, as a sentence without a full stop
 */
public record Breach(int instruction, Step step, String reason) {
    @Override
    public String toString() {
        return "instruction " + instruction + " (" + step.what() + "): " + reason;
    }
}
