package dev.confine.cli.verb;

import dev.confine.ConfineException;
import dev.confine.Quoted;
import dev.confine.runtime.store.StateStore;
import dev.confine.spi.Exit;
import dev.confine.state.ContainerId;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/**
 * {@code delete --regex}: removes every container whose name has a match of the expression in it, as crun does. One that cannot be removed keeps no other;
 * that none matches is no error.
 *
 * @param expression of {@link Pattern}; {@code ^} and {@code $} bind it to the ends of the name
 * @param force kill them first
 */
public record DeleteMatchingVerb(String expression, boolean force) implements Verb {
    @Override
    public Exit run(Workplace workplace) {
        Pattern pattern = compiled();
        List<String> problems = new ArrayList<>();
        for (ContainerId id : new StateStore(workplace.root()).ids()) {
            if (pattern.matcher(id.value()).find()) {
                try {
                    workplace.lifecycleOf(id).delete(id, force);
                } catch (ConfineException kept) {
                    problems.add(String.valueOf(kept.getMessage()));
                }
            }
        }
        if (!problems.isEmpty()) {
            throw new ConfineException(String.join("\n", problems));
        }
        return Exit.OK;
    }

    private Pattern compiled() {
        try {
            return Pattern.compile(expression);
        } catch (PatternSyntaxException wrong) {
            throw new ConfineException(
                    "--regex: " + Quoted.text(expression) + " is no regular expression: " + wrong.getDescription(),
                    wrong);
        }
    }
}
