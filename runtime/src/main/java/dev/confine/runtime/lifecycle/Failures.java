package dev.confine.runtime.lifecycle;

import dev.confine.ConfineException;
import dev.confine.launch.Errno;
import dev.confine.launch.LaunchFailure;
import dev.confine.launch.Step;
import dev.confine.runtime.compile.Compiled;
import dev.confine.runtime.compile.Cure;
import dev.confine.spi.HostCalls;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Turns the failure of a step into the message a person reads: what, errno, why and the cure, where in config.json. Some of its sentences are those that
 * callers look for.
 */
final class Failures {
    private final Compiled compiled;
    private final @Nullable HostCalls calls;

    /** @param calls names file systems, if there is any */
    Failures(Compiled compiled, @Nullable HostCalls calls) {
        this.compiled = compiled;
        this.calls = calls;
    }

    /** @param said what the kernel said about it in words, or empty */
    ConfineException explain(LaunchFailure failure, String said) {
        Step step = failure.step();
        String cure = cure(failure);
        if (step.pointer().equals("/process/args/0")) {
            return new ConfineException(step.what() + ": " + (cure.isEmpty() ? reason(failure) : cure), failure);
        }
        StringBuilder message = new StringBuilder(step.what()).append(": ");
        if (step.pointer().startsWith("/hooks/") && !said.isEmpty()) {
            return new ConfineException(
                    message.append(said)
                            .append(" (config.json ")
                            .append(step.pointer())
                            .append(')')
                            .toString(),
                    failure);
        }
        message.append(reason(failure));
        if (!said.isEmpty()) {
            message.append(": ").append(said);
        } else if (!cure.isEmpty()) {
            message.append(": ").append(cure);
        }
        if (!step.pointer().isEmpty()) {
            message.append(" (config.json ").append(step.pointer()).append(')');
        }
        return new ConfineException(message.toString(), failure);
    }

    /** The same with why it failed at its end, which may be empty: callers know messages by their beginnings. */
    ConfineException explain(LaunchFailure failure, String said, String why) {
        ConfineException explained = explain(failure, said);
        return why.isEmpty() ? explained : new ConfineException(explained.getMessage() + "; " + why, failure);
    }

    private String cure(LaunchFailure failure) {
        Cure cure = compiled.cure(index(failure.step(), compiled.program().steps()), failure.errno());
        if (cure == null) {
            return "";
        }
        if (calls == null || cure.path().isEmpty()) {
            return cure.text();
        }
        return cure.text() + "; this one is " + calls.fileSystem(cure.path());
    }

    private static String reason(LaunchFailure failure) {
        return Errno.describe(failure.errno());
    }

    @SuppressWarnings("ReferenceEquality") // two steps may look alike
    private static int index(Step step, List<Step> steps) {
        for (int i = 0; i < steps.size(); i++) {
            if (steps.get(i) == step) {
                return i;
            }
        }
        return -1;
    }

    /** What a file system says: lines of {@code e tmpfs: Unknown parameter 'x'}, the level first. */
    static String said(byte[] content) {
        String text = new String(content, StandardCharsets.UTF_8).strip();
        return text.length() > 2 && text.charAt(1) == ' ' ? text.substring(2) : text;
    }
}
