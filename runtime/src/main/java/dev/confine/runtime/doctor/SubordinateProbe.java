package dev.confine.runtime.doctor;

import dev.confine.idmap.IdRange;
import dev.confine.idmap.SubordinateIds;
import java.util.ArrayList;
import java.util.List;

/** The ids that a user may give to containers, subuid(5): there, enough, and nobody else's. */
final class SubordinateProbe implements Probe {
    private static final long ENOUGH = 65_536;

    @Override
    public List<Finding> examine(Patient patient) {
        List<Finding> findings = new ArrayList<>();
        SubordinateIds own = SubordinateIds.of(patient, patient.caller().uid());
        for (String remark : own.remarks()) {
            findings.add(Finding.warning("subordinate ids", remark, "write the line as NAME:FIRST:COUNT"));
        }
        range(patient, "uid", own.user(), own.uids(), findings);
        range(patient, "gid", own.user(), own.gids(), findings);
        return findings;
    }

    private static void range(Patient patient, String kind, String user, List<IdRange> ranges, List<Finding> findings) {
        String file = "/etc/sub" + kind;
        String add = "usermod --add-sub" + kind + "s 100000-165535 " + user;
        if (ranges.isEmpty()) {
            if (patient.isRoot()) {
                findings.add(Finding.ok(file, "root has no range in " + file + ", and may use any id"));
                return;
            }
            String free = free(patient);
            findings.add(Finding.failure(
                    file,
                    user + " has no range in " + file + ", so containers have one " + kind + " only",
                    add.replace("100000-165535", free)));
            return;
        }
        long size = ranges.stream().mapToLong(IdRange::size).sum();
        if (size < ENOUGH) {
            findings.add(Finding.warning(
                    file,
                    user + " has " + size + " ids in " + file + ", and images use up to " + ENOUGH,
                    add.replace("100000-165535", free(patient))));
        } else {
            findings.add(Finding.ok(file, user + " has " + size + " ids in " + file));
        }
        overlaps(patient, kind, user, ranges, findings);
    }

    /** The first 65536 ids above all that the files name. */
    private static String free(Patient patient) {
        long last = ENOUGH + 34_463;
        for (String file : new String[] {"/etc/subuid", "/etc/subgid"}) {
            for (String[] line : lines(patient, file)) {
                last = Math.max(last, number(line[1]) + number(line[2]) - 1);
            }
        }
        return last + 1 + "-" + (last + ENOUGH);
    }

    private static void overlaps(
            Patient patient, String kind, String user, List<IdRange> ranges, List<Finding> findings) {
        String file = "/etc/sub" + kind;
        String number = Long.toString(patient.caller().uid());
        for (String[] line : lines(patient, file)) {
            boolean own = line[0].equals(user) || line[0].equals(number);
            long first = number(line[1]);
            long last = first + number(line[2]) - 1;
            for (IdRange range : ranges) {
                if (!own && first <= range.last() && last >= range.first()) {
                    findings.add(Finding.warning(
                            file,
                            "the range of " + user + " from " + range.first() + " on overlaps that of " + line[0]
                                    + " from " + first + " on in " + file
                                    + ": their containers can touch each other's files",
                            "usermod --del-sub" + kind + "s " + range.first() + "-" + range.last() + " --add-sub" + kind
                                    + "s " + free(patient) + " " + user));
                }
            }
        }
        String accounts = kind.equals("uid") ? "/etc/passwd" : "/etc/group";
        for (String[] line : lines(patient, accounts)) {
            long id = number(line[2]);
            if (id >= 0 && ranges.stream().anyMatch(range -> range.contains(id))) {
                findings.add(Finding.warning(
                        file,
                        kind + " " + id + " of " + line[0] + " is in the range of " + user + " in " + file
                                + ": root of a container can become it",
                        "choose another range in " + file + ", or another " + kind + " for " + line[0]));
            }
        }
    }

    private static List<String[]> lines(Patient patient, String file) {
        List<String[]> lines = new ArrayList<>();
        String text = patient.file(file);
        for (String line : text == null ? new String[0] : text.split("\n")) {
            String[] fields = line.strip().split(":");
            if (fields.length >= 3) {
                lines.add(fields);
            }
        }
        return lines;
    }

    private static long number(String text) {
        try {
            return Long.parseLong(text);
        } catch (NumberFormatException e) {
            return -1;
        }
    }
}
