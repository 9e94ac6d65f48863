package dev.confine.runtime.host;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Counts whose files there are. */
public final class OwnerCount implements TreeScan.Visitor {
    private final Map<Long, Tally> users = new HashMap<>();
    private final Map<Long, Tally> groups = new HashMap<>();
    private Tally user = new Tally("");
    private Tally group = new Tally("");
    private long lastUser = -1;
    private long lastGroup = -1;
    private long files;

    private static final class Tally {
        final String example;
        long count;

        Tally(String example) {
            this.example = example;
        }
    }

    /**
     * Whose files there are.
     *
     * @param user not a group
     * @param count files of this owner
     * @param example the first of them
     */
    public record Owner(boolean user, long id, long count, String example) {}

    @Override
    public boolean visit(TreeScan.Entry entry) {
        files++;
        if (entry.uid() != lastUser) {
            lastUser = entry.uid();
            user = tally(users, lastUser, entry);
        }
        user.count++;
        if (entry.gid() != lastGroup) {
            lastGroup = entry.gid();
            group = tally(groups, lastGroup, entry);
        }
        group.count++;
        return true;
    }

    private static Tally tally(Map<Long, Tally> all, long id, TreeScan.Entry entry) {
        Tally known = all.get(id);
        if (known == null) {
            known = new Tally(entry.path());
            all.put(id, known);
        }
        return known;
    }

    public long files() {
        return files;
    }

    /** All of them, those with most files first. */
    public List<Owner> all() {
        List<Owner> owners = new ArrayList<>();
        users.forEach((id, tally) -> owners.add(new Owner(true, id, tally.count, tally.example)));
        groups.forEach((id, tally) -> owners.add(new Owner(false, id, tally.count, tally.example)));
        owners.sort(Comparator.comparingLong(Owner::count).reversed().thenComparing(Owner::id));
        return owners;
    }
}
