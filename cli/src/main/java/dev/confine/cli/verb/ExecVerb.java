package dev.confine.cli.verb;

import dev.confine.ConfineException;
import dev.confine.cli.args.ExecArguments;
import dev.confine.runtime.config.SpecReader;
import dev.confine.spec.Process;
import dev.confine.spec.Spec;
import dev.confine.spi.Caller;
import dev.confine.spi.ExecRequest;
import dev.confine.spi.Exit;
import dev.confine.spi.Lifecycle;
import dev.confine.state.ContainerId;
import dev.confine.validate.SpecValidator;
import dev.confine.validate.Violation;
import java.util.List;
import java.util.Objects;

/** {@code exec}: runs a further process in a container; in the foreground it ends as the program does. */
public record ExecVerb(ExecArguments arguments) implements Verb {
    @Override
    public int failure() {
        return 255;
    }

    @Override
    public Exit run(Workplace workplace) {
        ContainerId id = ContainerId.parse(arguments.id());
        Caller caller = workplace.session().caller();
        Lifecycle lifecycle = workplace.lifecycleOf(id);
        Spec spec = withProcess(lifecycle.config(id), caller);
        return lifecycle.exec(new ExecRequest(
                id,
                spec,
                Requests.resolved(arguments.pidFile(), caller),
                Requests.resolved(arguments.consoleSocket(), caller),
                Requests.resolved(arguments.pidfdSocket(), caller),
                arguments.cgroups(),
                arguments.preserveFds(),
                arguments.ignorePaused(),
                arguments.detach()));
    }

    private Spec withProcess(Spec kept, Caller caller) {
        String file = arguments.file();
        Process process = file == null
                ? AddedProcess.over(
                        Objects.requireNonNull(kept.process(), "every container has one"), arguments.added())
                : fromFile(caller.resolve(file));
        Spec spec = kept.withProcess(process);
        List<Violation> violations = SpecValidator.validate(spec);
        if (!violations.isEmpty()) {
            StringBuilder lines = new StringBuilder();
            for (Violation violation : violations) {
                lines.append(lines.length() == 0 ? "" : "\n").append("exec: ").append(violation);
            }
            throw new ConfineException(lines.toString());
        }
        return spec;
    }

    /** {@code --tty} may say again what the file says. */
    private Process fromFile(String file) {
        Process process = SpecReader.process(file);
        if (arguments.added().terminal() && !process.terminal()) {
            throw new ConfineException("--tty: the process has no terminal (" + file
                    + " /terminal): set it to true, or leave the flag out");
        }
        return process;
    }
}
