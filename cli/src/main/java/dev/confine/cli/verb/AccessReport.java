package dev.confine.cli.verb;

import dev.confine.cli.text.Screen;
import dev.confine.cli.text.Table;
import dev.confine.launch.Errno;
import dev.confine.runtime.access.Cure;
import dev.confine.runtime.access.Cures;
import dev.confine.runtime.access.Decision;
import dev.confine.runtime.access.Explanation;
import dev.confine.runtime.access.Matched;
import dev.confine.runtime.access.Permission;
import dev.confine.runtime.access.Tree;
import dev.confine.runtime.access.Verdict;
import java.util.List;

/** What {@code access} says to people. */
final class AccessReport {
    private final AccessSubject subject;
    private final Explanation explanation;
    private final Accounts accounts;
    private final Screen screen;
    private final boolean root;
    private final StringBuilder text = new StringBuilder();

    private AccessReport(AccessSubject subject, Accounts accounts, Screen screen, boolean root) {
        this.root = root;
        this.screen = screen;
        this.subject = subject;
        this.explanation = new Explanation(subject.who());
        this.accounts = accounts;
    }

    /**
     * @param answers of the kernel, or none
     * @param root whether the caller is
     */
    static String of(
            AccessSubject subject,
            List<Verdict> verdicts,
            List<Integer> answers,
            Accounts accounts,
            Screen screen,
            boolean root) {
        AccessReport report = new AccessReport(subject, accounts, screen, root);
        for (int i = 0; i < verdicts.size(); i++) {
            report.text.append(i == 0 ? "" : "\n");
            report.add(verdicts.get(i));
            if (!answers.isEmpty()) {
                report.verified(verdicts.get(i), answers.get(i));
            }
        }
        return report.text.toString();
    }

    private void add(Verdict verdict) {
        Verdict.Step refusal = verdict.refusal();
        String who = explanation.who() + " [" + accounts.name(subject.who().uid()) + "]";
        String wish = Permission.letters(verdict.wanted()) + " " + verdict.path();
        switch (verdict.answer()) {
            case YES -> line("yes: " + who + " may " + wish);
            case UNKNOWN -> line("unknown: whether " + who + " may " + wish + ": " + verdict.unseen());
            default -> {
                Errno errno =
                        refusal == null ? null : refusal.decision().reason().errno();
                line("no: " + who + " may not " + wish
                        + (errno == null || refusal == null ? "" : ": " + errno + " at " + refusal.path()));
            }
        }
        text.append('\n').append(table(verdict));
        if (refusal != null) {
            line("");
            line("Why: " + explanation.why(refusal) + ".");
            cures(refusal);
            later(verdict, refusal);
        }
        if (subject.pid() == 0 && subject.kind().equals("container")) {
            line("Note: " + subject.name() + " does not run yet or any more, so this is by its configuration.");
        }
        for (String remark : explanation.remarks(verdict)) {
            line("Note: " + remark + ".");
        }
    }

    private String table(Verdict verdict) {
        Table table = new Table("PATH", "NEEDS", "MODE", "OWNER INSIDE (HOST)", "CLASS", "GIVES", "ANSWER");
        for (Verdict.Step step : verdict.steps()) {
            Tree.Node node = step.node();
            Decision decision = step.decision();
            Matched matched = decision.matched();
            table.row(
                    step.path(),
                    Permission.letters(decision.wanted()),
                    node == null ? "-" : node.inode().shown(),
                    node == null ? "-" : explanation.owners(node.inode()),
                    matched == null ? "-" : matched.kind().word(),
                    matched == null ? "-" : orDash(Permission.letters(matched.permissions())),
                    answer(decision));
        }
        return table.least("PATH", 20)
                .dispensable("GIVES", "CLASS", "NEEDS", "MODE")
                .tone("ANSWER", answer -> answer.startsWith("yes") ? Screen.Tone.GOOD : Screen.Tone.BAD)
                .on(screen);
    }

    private static String orDash(String letters) {
        return letters.isEmpty() ? "-" : letters;
    }

    private static String answer(Decision decision) {
        return switch (decision.reason()) {
            case ALLOWED -> "yes";
            case CAPABLE -> "yes, by " + decision.capability();
            default -> decision.reason().errno() + ": " + decision.reason().word();
        };
    }

    private void cures(Verdict.Step refusal) {
        List<Cure> cures = Cures.of(subject.who(), refusal);
        if (!cures.isEmpty()) {
            line("");
            line("Each of these would allow it, the least powerful first:");
        }
        for (int i = 0; i < cures.size(); i++) {
            line("  " + (i + 1) + ". " + cures.get(i).what());
            line("       " + cures.get(i).how());
        }
        if (!root && changesFiles(cures)) {
            line("Files are changed by their owner, or by root.");
        }
    }

    private boolean changesFiles(List<Cure> cures) {
        for (Cure cure : cures) {
            switch (cure.kind()) {
                case MODE, ACL, CHOWN -> {
                    return true;
                }
                default -> {}
            }
        }
        return false;
    }

    private void later(Verdict verdict, Verdict.Step first) {
        for (Verdict.Step step : verdict.steps()) {
            if (!step.decision().allows() && !step.equals(first)) {
                line("Then " + step.path() + " would be refused as well: " + explanation.why(step) + ".");
            }
        }
    }

    private void verified(Verdict verdict, int errno) {
        String kernel = errno == 0 ? "it is allowed" : Errno.nameOf(errno);
        line((AccessJson.agrees(verdict, errno)
                        ? "Verified: the kernel answers the same: "
                        : "Not so: the kernel answers: ")
                + kernel + ".");
    }

    private void line(String line) {
        text.append(line).append('\n');
    }
}
