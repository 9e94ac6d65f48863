package dev.confine.cli.verb;

import dev.confine.cli.text.Screen;
import dev.confine.cli.text.Screen.Tone;
import dev.confine.cli.text.Table;
import dev.confine.runtime.doctor.BundleExam;
import dev.confine.runtime.doctor.Finding;
import dev.confine.runtime.doctor.Finding.Level;
import dev.confine.runtime.host.OwnerCount;
import dev.confine.runtime.json.JsonText;
import dev.confine.spi.Caller;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What {@code doctor} says, to people and to programs; the schema of the latter is docs/schemas/doctor.schema.json. */
final class DoctorReport {
    private static final int MOST_OWNERS = 20;

    private DoctorReport() {}

    static String text(List<Finding> findings, @Nullable BundleExam exam, Screen screen) {
        StringBuilder text = new StringBuilder();
        for (Finding finding : findings) {
            String level = screen.in(tone(finding.level()), finding.level().word());
            text.append(level).append(" ".repeat(9 - finding.level().word().length()));
            text.append(finding.topic()).append(": ").append(finding.what()).append('\n');
            if (!finding.fix().isEmpty()) {
                text.append("         ").append(finding.fix()).append('\n');
            }
        }
        if (exam != null && !exam.strangers().isEmpty()) {
            text.append('\n').append(owners(exam, screen));
        }
        long failures = count(findings, Level.FAILURE);
        long warnings = count(findings, Level.WARNING);
        return text.append('\n')
                .append(failures == 0 ? "No failures" : failures + (failures == 1 ? " failure" : " failures"))
                .append(
                        warnings == 0
                                ? ", no warnings.\n"
                                : ", " + warnings + (warnings == 1 ? " warning.\n" : " warnings.\n"))
                .toString();
    }

    private static Tone tone(Level level) {
        return switch (level) {
            case OK -> Tone.GOOD;
            case WARNING -> Tone.WARNING;
            case FAILURE -> Tone.BAD;
        };
    }

    private static String owners(BundleExam exam, Screen screen) {
        Table table = new Table("NOBODY INSIDE", "FILES", "FOR EXAMPLE")
                .right("FILES")
                .least("FOR EXAMPLE", 20);
        List<OwnerCount.Owner> all = exam.strangers();
        for (OwnerCount.Owner owner : all.subList(0, Math.min(all.size(), MOST_OWNERS))) {
            table.row((owner.user() ? "uid " : "gid ") + owner.id(), Long.toString(owner.count()), owner.example());
        }
        return table.on(screen)
                + (all.size() > MOST_OWNERS ? "and " + (all.size() - MOST_OWNERS) + " more ids; --json has all\n" : "");
    }

    private static long count(List<Finding> findings, Level level) {
        return findings.stream().filter(finding -> finding.level() == level).count();
    }

    static String json(Caller caller, List<Finding> findings, @Nullable BundleExam exam) {
        JsonText json = new JsonText().open('{').member("uid", caller.uid());
        json.member("failures", count(findings, Level.FAILURE)).member("warnings", count(findings, Level.WARNING));
        json.name("findings").open('[');
        for (Finding finding : findings) {
            json.element()
                    .open('{')
                    .member("topic", finding.topic())
                    .member("level", finding.level().word());
            json.member("what", finding.what());
            if (!finding.fix().isEmpty()) {
                json.member("fix", finding.fix());
            }
            json.close('}');
        }
        json.close(']');
        if (exam != null) {
            json.name("bundle")
                    .open('{')
                    .member("files", exam.files())
                    .name("unmapped")
                    .open('[');
            for (OwnerCount.Owner owner : exam.strangers()) {
                json.element()
                        .open('{')
                        .member("kind", owner.user() ? "uid" : "gid")
                        .member("id", owner.id());
                json.member("files", owner.count())
                        .member("example", owner.example())
                        .close('}');
            }
            json.close(']').close('}');
        }
        return json.close('}').end();
    }
}
