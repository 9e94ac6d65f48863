package dev.confine.cli.verb;

import dev.confine.ConfineException;
import dev.confine.cli.args.AccessArguments;
import dev.confine.cli.text.Screen;
import dev.confine.runtime.access.Permission;
import dev.confine.runtime.access.Verdict;
import dev.confine.runtime.access.Walk;
import dev.confine.runtime.compile.AccessCompiler.Question;
import dev.confine.runtime.lifecycle.AccessTrial;
import dev.confine.spi.Exit;
import java.io.FileInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** {@code access}: explains why a file may or may not be used. It exits with 0 when all of it may, and with 1 when something may not or is not known. */
public record AccessVerb(AccessArguments arguments) implements Verb {
    @Override
    public Exit run(Workplace workplace) {
        int wanted = Permission.parse(arguments.want());
        AccessSubject subject = AccessSubject.of(arguments, workplace);
        List<Verdict> verdicts = new ArrayList<>();
        try (subject) {
            boolean protects = protectsLinks();
            for (String path : arguments.paths()) {
                verdicts.add(Walk.of(subject.tree(), subject.who(), protects, path, wanted));
            }
        }
        List<Integer> answers = arguments.verify() ? ask(workplace, subject, wanted) : List.of();
        workplace
                .session()
                .out(
                        arguments.json()
                                ? AccessJson.of(subject, verdicts, answers)
                                : AccessReport.of(
                                        subject,
                                        verdicts,
                                        answers,
                                        workplace.accounts(),
                                        Screen.of(workplace.session().caller()),
                                        workplace.session().caller().isRoot()));
        return exit(verdicts, answers);
    }

    private static Exit exit(List<Verdict> verdicts, List<Integer> answers) {
        boolean good = true;
        for (int i = 0; i < verdicts.size(); i++) {
            good &= verdicts.get(i).answer() == Verdict.Answer.YES;
            good &= answers.isEmpty() || answers.get(i) == 0;
        }
        return good ? Exit.OK : Exit.code(1);
    }

    private List<Integer> ask(Workplace workplace, AccessSubject subject, int wanted) {
        if (subject.pid() == 0) {
            throw new ConfineException("--verify asks a process, and " + subject.kind() + " " + subject.name()
                    + " has none that may be asked: name a container that runs");
        }
        List<Question> questions = new ArrayList<>();
        for (String path : arguments.paths()) {
            questions.add(new Question(path.startsWith("/") ? path : "/" + path, wanted));
        }
        return new AccessTrial(workplace.session(), subject.pid()).ask(subject.who(), questions);
    }

    /** A kernel without the setting protects nothing. */
    private static boolean protectsLinks() {
        try (FileInputStream in = new FileInputStream("/proc/sys/fs/protected_symlinks")) {
            return in.read() == '1';
        } catch (IOException none) {
            return false;
        }
    }
}
