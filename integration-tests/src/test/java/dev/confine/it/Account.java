package dev.confine.it;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * An ordinary user of this host with at least 65536 subordinate ids. Where the tests run as root and there is none, {@code confine-test} is made; an existing
 * one is preferred.
 *
 * @param firstSubordinate the first id of its range, the same for users and groups
 */
record Account(String name, long uid, long gid, long firstSubordinate) {
    private static final String OWN = "confine-test";
    private static final long ENOUGH = 65_536;
    private static final long OWN_RANGE = 1_000_000_000L;

    /** Made once. */
    private static final class Holder {
        static final Account ORDINARY = findOrMake();
    }

    static Account ordinary() {
        return Holder.ORDINARY;
    }

    /** Whether there is one, or one can be made. */
    static Optional<String> missing() {
        try {
            ordinary();
            return Optional.empty();
        } catch (IllegalStateException | ExceptionInInitializerError e) {
            return Optional.of("no ordinary user with 65536 subordinate ids: " + e.getMessage());
        }
    }

    List<String> prefix() {
        return List.of("setpriv", "--reuid=" + uid, "--regid=" + gid, "--init-groups", "--");
    }

    /** How confine shows a user of this host: by name, or where it has none by number. */
    static String shown(long uid) {
        return lines("/etc/passwd").stream()
                .map(line -> line.split(":"))
                .filter(fields -> fields.length > 2 && fields[2].equals(Long.toString(uid)))
                .map(fields -> fields[0])
                .findFirst()
                .orElse("#" + uid);
    }

    private static Account findOrMake() {
        if (!Host.isRoot()) {
            return find(Host.uid()).orElseThrow(() -> new IllegalStateException("uid " + Host.uid() + " has none"));
        }
        Optional<Account> any = lines("/etc/passwd").stream()
                .map(line -> line.split(":"))
                .filter(fields -> fields.length > 3 && !fields[2].equals("0"))
                .flatMap(fields -> of(fields).stream())
                .findFirst();
        return any.orElseGet(Account::make);
    }

    private static Account make() {
        Command.run("useradd", "--create-home", OWN).success();
        String range = OWN_RANGE + "-" + (OWN_RANGE + ENOUGH - 1);
        Command.run("usermod", "--add-subuids", range, "--add-subgids", range, OWN)
                .success();
        return lines("/etc/passwd").stream()
                .map(line -> line.split(":"))
                .filter(fields -> fields[0].equals(OWN))
                .flatMap(fields -> of(fields).stream())
                .findFirst()
                .orElseThrow(() -> new IllegalStateException(OWN + " could not be made"));
    }

    private static Optional<Account> find(long uid) {
        return lines("/etc/passwd").stream()
                .map(line -> line.split(":"))
                .filter(fields -> fields.length > 3 && fields[2].equals(Long.toString(uid)))
                .flatMap(fields -> of(fields).stream())
                .findFirst();
    }

    private static Optional<Account> of(String[] passwd) {
        Optional<Long> uids = range("/etc/subuid", passwd[0]);
        Optional<Long> gids = range("/etc/subgid", passwd[0]);
        if (uids.isEmpty() || !uids.equals(gids)) {
            return Optional.empty();
        }
        return Optional.of(new Account(passwd[0], Long.parseLong(passwd[2]), Long.parseLong(passwd[3]), uids.get()));
    }

    private static Optional<Long> range(String file, String name) {
        return lines(file).stream()
                .map(line -> line.split(":"))
                .filter(fields -> fields.length == 3 && fields[0].equals(name) && Long.parseLong(fields[2]) >= ENOUGH)
                .map(fields -> Long.parseLong(fields[1]))
                .findFirst();
    }

    private static List<String> lines(String file) {
        try {
            return Files.exists(Path.of(file)) ? Files.readAllLines(Path.of(file)) : List.of();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
