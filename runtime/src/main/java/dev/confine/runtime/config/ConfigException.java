package dev.confine.runtime.config;

import dev.confine.ConfineException;
import dev.confine.Quoted;
import dev.confine.runtime.json.Place;
import dev.confine.validate.Violation;
import java.util.ArrayList;
import java.util.List;

/**
 * A configuration cannot be used. The message has a line for each violation: {@code FILE:LINE:COLUMN: POINTER: what is wrong}, at most
 * twenty of them; {@link #violations()} has all.
 */
public final class ConfigException extends ConfineException {
    private static final int SHOWN = 20;

    private final transient List<Violation> violations;

    private ConfigException(String message, List<Violation> violations) {
        super(message);
        this.violations = List.copyOf(violations);
    }

    /** Violations of a configuration that came from {@code file}, which is read again to find their lines. */
    public static ConfigException of(String file, List<Violation> violations) {
        Positions positions = Positions.of(file);
        List<Problem> problems = new ArrayList<>();
        for (Violation violation : violations) {
            problems.add(positions.locate(violation));
        }
        return of(file, problems, violations);
    }

    static ConfigException file(String file, String message) {
        return problems(file, List.of(new Problem(Place.UNKNOWN, new Violation("", message))));
    }

    static ConfigException problems(String file, List<Problem> problems) {
        List<Violation> violations = new ArrayList<>();
        for (Problem problem : problems) {
            violations.add(problem.violation());
        }
        return of(file, problems, violations);
    }

    private static ConfigException of(String file, List<Problem> problems, List<Violation> violations) {
        String name = Quoted.path(file);
        StringBuilder message = new StringBuilder();
        for (int i = 0; i < Math.min(problems.size(), SHOWN); i++) {
            message.append(i == 0 ? "" : "\n").append(problems.get(i).in(name));
        }
        if (problems.size() > SHOWN) {
            message.append("\n")
                    .append(name)
                    .append(": and ")
                    .append(problems.size() - SHOWN)
                    .append(" more like these");
        }
        return new ConfigException(message.toString(), violations);
    }

    /** All that is wrong, in the order of the file where it was found by reading. */
    public List<Violation> violations() {
        return violations;
    }
}
