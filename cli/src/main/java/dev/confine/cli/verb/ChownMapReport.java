package dev.confine.cli.verb;

import dev.confine.cli.args.ChownMapArguments;
import dev.confine.runtime.json.JsonText;
import dev.confine.runtime.ownership.Relabelling.Tally;

/** What {@code chown-map} says, to people and to programs; the schema of the latter is docs/schemas/chown-map.schema.json. */
final class ChownMapReport {
    private ChownMapReport() {}

    /**
     * @param hint on another way, or empty
     * @param next what to do now
     */
    static String of(ChownMapArguments asked, String tree, Tally tally, String hint, String next, String journal) {
        boolean changes = asked.apply() || asked.undo() != null;
        return asked.json() ? json(tree, tally, changes, hint, journal) : text(tree, tally, changes, hint, next);
    }

    private static String text(String tree, Tally tally, boolean changes, String hint, String next) {
        StringBuilder text = new StringBuilder(tree).append(": ").append(counted(tally.files(), "file", "files"));
        text.append(", ")
                .append(tally.changed())
                .append(changes ? " have another owner now" : " would have another owner");
        text.append('\n');
        line(text, tally.setid(), "with setuid or setgid bits, which are kept");
        line(text, tally.capabilities(), "with capabilities, whose root goes with the map");
        line(text, tally.lists(), "with access control lists, whose users and groups go with the map");
        line(text, tally.elsewhere(), "with a name outside of the tree as well, where they have the new owner too");
        line(
                text,
                tally.outside(),
                "whose owner or group the map does not have, which stays (first: " + tally.firstOutside() + ")");
        if (tally.links() > 0) {
            text.append("  ")
                    .append(counted(tally.links(), "further name", "further names"))
                    .append(" of files that have several, each changed once\n");
        }
        if (tally.mounts() > 0) {
            text.append("  ")
                    .append(counted(tally.mounts(), "mount within is", "mounts within are"))
                    .append(" left alone\n");
        }
        if (tally.unreadable() > 0) {
            text.append("  ")
                    .append(counted(tally.unreadable(), "directory", "directories"))
                    .append(" could not be opened\n");
        }
        if (!hint.isEmpty()) {
            text.append(hint).append('\n');
        }
        return text.append(next).append('\n').toString();
    }

    private static void line(StringBuilder text, long count, String what) {
        if (count > 0) {
            text.append("  ").append(count).append(' ').append(what).append('\n');
        }
    }

    private static String counted(long count, String one, String many) {
        return count + " " + (count == 1 ? one : many);
    }

    private static String json(String tree, Tally tally, boolean changes, String hint, String journal) {
        JsonText json = new JsonText().open('{').member("tree", tree).member("applied", changes);
        json.member("journal", journal).member("files", tally.files()).member("changed", tally.changed());
        json.member("unmapped", tally.outside()).member("setid", tally.setid());
        json.member("capabilities", tally.capabilities()).member("lists", tally.lists());
        json.member("furtherNames", tally.links()).member("namesElsewhere", tally.elsewhere());
        json.member("mounts", tally.mounts());
        json.member("unreadable", tally.unreadable()).member("idmappedMountWouldDo", !hint.isEmpty());
        return json.close('}').end();
    }
}
