package dev.confine.cli.verb;

import dev.confine.ConfineException;
import dev.confine.Quoted;
import dev.confine.cli.args.ChownMapArguments;
import dev.confine.idmap.IdMaps;
import dev.confine.launch.ConversationLost;
import dev.confine.runtime.access.BundleTree;
import dev.confine.runtime.access.IdmappableSystems;
import dev.confine.runtime.access.MountFacts;
import dev.confine.runtime.access.MountTable;
import dev.confine.runtime.config.SpecReader;
import dev.confine.runtime.host.FileStatus;
import dev.confine.runtime.host.HostFiles;
import dev.confine.runtime.ownership.IdShift;
import dev.confine.runtime.ownership.Journal;
import dev.confine.runtime.ownership.Relabelling;
import dev.confine.spi.Caller;
import dev.confine.spi.Exit;
import dev.confine.spi.Session;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalLong;

/** {@code chown-map}: shifts the owners of a tree by a map; tells first, does it with {@code --apply}, and takes it back with {@code --undo}. */
public record ChownMapVerb(ChownMapArguments arguments) implements Verb {
    private static final long EVERY = 1_000_000_000L;
    private static final int STDERR = 2;

    @Override
    public Exit run(Workplace workplace) {
        Session session = workplace.session();
        HostFiles files = new HostFiles();
        String undo = arguments.undo();
        if (undo != null) {
            undo(session, files, Path.of(session.caller().resolve(undo)));
            return Exit.OK;
        }
        Path tree = tree(session.caller());
        MountFacts mount = checkPlace(files, tree);
        IdShift shift = new IdShift(maps(workplace), arguments.back());
        Path journal = journal(session.caller(), tree);
        if (journal.startsWith(tree)) {
            throw new ConfineException(
                    "chown-map: the journal " + journal + " would be within the tree: say where with --journal");
        }
        boolean goesOn = Files.exists(journal, LinkOption.NOFOLLOW_LINKS);
        Journal known = goesOn
                ? Journal.read(journal, session.caller().uid())
                : new Journal(tree.toString(), shift, Map.of(), false);
        checkSame(known, journal, tree, shift);
        if (!arguments.apply()) {
            Relabelling.Tally tally = Relabelling.look(files, tree.toString(), shift, known.before());
            String hint = hint(mount, session.caller());
            String next = shifted(files, tree, shift) + bundle(tree) + "Nothing was changed"
                    + (goesOn ? " now. Something was before, as the journal says" : "")
                    + (session.caller().isRoot() ? ": --apply " : ": as root, --apply ")
                    + (goesOn ? "goes on, --undo " + journal + " takes it back." : "does it.");
            session.out(ChownMapReport.of(arguments, tree.toString(), tally, hint, next, journal.toString()));
            return Exit.OK;
        }
        try (Journal.Writer writer =
                goesOn ? Journal.Writer.resume(journal) : Journal.Writer.create(journal, tree.toString(), shift)) {
            apply(session, files, known, writer, journal);
        }
        return Exit.OK;
    }

    private Path tree(Caller caller) {
        if (arguments.tree().isEmpty()) {
            throw new ConfineException("chown-map: name the directory, or a journal with --undo");
        }
        try {
            Path tree = Path.of(caller.resolve(arguments.tree())).toRealPath();
            if (tree.toString().indexOf('\n') >= 0) {
                throw new ConfineException("chown-map " + Quoted.text(tree.toString())
                        + ": a journal cannot name a directory with a line feed: rename it first");
            }
            return tree;
        } catch (IOException e) {
            throw new ConfineException("chown-map " + arguments.tree() + ": no such directory", e);
        }
    }

    /** Refuses what nobody means to change; the mount that the tree is on. */
    private MountFacts checkPlace(HostFiles files, Path tree) {
        int fd = files.place(tree.toString());
        try {
            FileStatus status = files.status(fd);
            if (!status.isDirectory()) {
                throw new ConfineException("chown-map " + tree + ": ENOTDIR: not a directory");
            }
            if (status.isMountRoot() && !arguments.mountPoint()) {
                throw new ConfineException("chown-map " + tree + ": it is "
                        + (tree.getNameCount() == 0 ? "the root of the host" : "a mount point")
                        + ", which is hardly a container's tree: name a directory in it, or say --mount-point");
            }
            return MountTable.ofThisProcess().of(status.mount());
        } finally {
            files.close(fd);
        }
    }

    /** A warning where the tree seems to have what it needs: its root directory belongs to an id of the host that is one inside. Empty elsewhere. */
    private static String shifted(HostFiles files, Path tree, IdShift shift) {
        int fd = files.place(tree.toString());
        try {
            long owner = files.status(fd).uid();
            OptionalLong inside = shift.maps().uids().toInside(owner);
            if (shift.back() || inside.isEmpty() || shift.uid(owner) == owner) {
                return "";
            }
            return "Look twice: " + tree + " belongs to uid " + owner + " of the host, which is " + inside.getAsLong()
                    + " inside already. The shift takes " + owner + " for an id inside, and makes it "
                    + shift.uid(owner) + ".\n";
        } finally {
            files.close(fd);
        }
    }

    /** A warning where it is not the files of a container that were named, but what they are in. */
    private static String bundle(Path tree) {
        return Files.exists(tree.resolve("config.json"))
                ? "Look twice: " + tree + " is a bundle, and its config.json gets another owner, too. The files of the"
                        + " container are in its root file system, as a rule " + tree.resolve("rootfs") + ".\n"
                : "";
    }

    private IdMaps maps(Workplace workplace) {
        Caller caller = workplace.session().caller();
        String bundle = arguments.bundle();
        if (bundle == null) {
            if (arguments.maps().isEmpty()) {
                throw new ConfineException(
                        "chown-map: say by which map: --uid-map 0:100000:65536, --map auto, or --bundle DIR");
            }
            return MapLayer.resolve(arguments.maps(), caller);
        }
        if (!arguments.maps().isEmpty()) {
            throw new ConfineException("chown-map: --bundle and a map both say who is who: leave out one of them");
        }
        IdMaps configured = BundleTree.configured(
                SpecReader.read(caller.resolve(bundle) + "/config.json").linux());
        if (configured == null) {
            throw new ConfineException("chown-map: " + bundle + " has no map (config.json /linux/uidMappings)");
        }
        return configured;
    }

    private Path journal(Caller caller, Path tree) {
        String named = arguments.journal();
        if (named != null) {
            return Path.of(caller.resolve(named)).toAbsolutePath().normalize();
        }
        return tree.getNameCount() == 0
                ? Path.of("/root.chown-map")
                : tree.resolveSibling(Objects.requireNonNull(tree.getFileName()) + ".chown-map");
    }

    private String hint(MountFacts mount, Caller caller) {
        if (arguments.back() || !IdmappableSystems.has(mount.type())) {
            return "";
        }
        return "An idmapped mount would do instead, and change no file: confine run --idmap-rootfs for a root file system, or"
                + " \"uidMappings\" and \"gidMappings\" of a mount in config.json"
                + (caller.isRoot() ? "." : " (as root).");
    }

    private void apply(Session session, HostFiles files, Journal known, Journal.Writer writer, Path file) {
        String next;
        Relabelling.Tally tally;
        try {
            tally = Relabelling.apply(
                    files, known.tree(), known.shift(), known.before(), writer, progress(session, known.tree()));
            boolean unused = writer.removeUnused();
            if (tally.unreadable() > 0) {
                next = "Some directories could not be opened: as root, the same command "
                        + (unused ? "does it." : "goes on.");
            } else if (unused) {
                next = "There was nothing to do.";
            } else {
                writer.done();
                next = "It is done. confine chown-map --undo " + file + " takes it back; the journal may be removed.";
            }
            writer.sync();
        } catch (ConfineException e) {
            String told = e.getMessage()
                    + (writer.removeUnused()
                            ? " (nothing was changed)"
                            : " (what was done so far is in " + file + ": the same command goes on, --undo " + file
                                    + " takes it back)");
            throw e instanceof ConversationLost ? new ConversationLost(told) : new ConfineException(told, e);
        }
        session.out(ChownMapReport.of(arguments, known.tree(), tally, "", next, file.toString()));
    }

    private static void checkSame(Journal known, Path file, Path tree, IdShift shift) {
        boolean same =
                known.shift().back() == shift.back() && known.shift().maps().sameMeaning(shift.maps());
        if (!same || !known.tree().equals(tree.toString())) {
            throw new ConfineException("chown-map " + tree + ": the journal " + file + " is of another shift, of "
                    + known.tree() + " by " + known.shift().maps().uids().shown()
                    + (known.shift().back() ? ", back" : "")
                    + ": finish that one, take it back with --undo " + file + ", or say where with --journal");
        }
        if (known.done()) {
            throw new ConfineException("chown-map " + tree + ": it was done already, as the journal " + file
                    + " says, and twice is wrong: take it back with --undo " + file + ", or remove the journal");
        }
    }

    private void undo(Session session, HostFiles files, Path file) {
        if (!arguments.tree().isEmpty() || !arguments.maps().isEmpty() || arguments.back()) {
            throw new ConfineException(
                    "--undo " + file + ": the journal says of what and by which map: leave out the rest");
        }
        Journal journal = Journal.read(file, session.caller().uid());
        Relabelling.Tally tally;
        try (Journal.Writer held = Journal.Writer.resume(file)) {
            tally = Relabelling.undo(files, journal, progress(session, journal.tree()));
            held.sync();
        }
        if (tally.files() < journal.before().size()) {
            session.err("confine: warning: " + (journal.before().size() - tally.files())
                    + " files of the journal are not in " + journal.tree() + " any more\n");
        }
        try {
            Files.delete(file);
        } catch (IOException e) {
            throw new ConfineException("remove journal " + file + ": " + e.getMessage(), e);
        }
        session.out(ChownMapReport.of(
                arguments,
                journal.tree(),
                tally,
                "",
                "It is taken back, and the journal is removed.",
                file.toString()));
    }

    /** Every second on a terminal, and whether there is still somebody who wants it: who ends bin/confine means all of it. */
    private static Relabelling.Progress progress(Session session, String tree) {
        boolean terminal = (session.caller().terminals() & (1 << STDERR)) != 0;
        long[] next = {System.nanoTime() + EVERY};
        return files -> {
            if (files % 100 == 0 && Workplace.isCallerGone(0)) {
                throw new ConversationLost("chown-map " + tree + ": stopped, as the caller is gone");
            }
            if (terminal && System.nanoTime() - next[0] > 0) {
                next[0] = System.nanoTime() + EVERY;
                session.err("\r" + files + " files \r");
            }
        };
    }
}
