package dev.confine.cli;

import dev.confine.spi.Caller;
import dev.confine.spi.Session;
import java.util.List;
import java.util.Map;

/** A command without a front: keeps what is printed. */
public final class FakeSession implements Session {
    private final Caller caller;
    private final StringBuilder out = new StringBuilder();
    private final StringBuilder err = new StringBuilder();

    public FakeSession(Caller caller) {
        this.caller = caller;
    }

    /** An ordinary user in /work. */
    public static Caller user(Map<String, String> environment, String... args) {
        return new Caller(42, 1000, 1000, List.of(1000L), 022, 0, 0, "/work", List.of(args), environment);
    }

    /** Root in /work. */
    public static Caller root(Map<String, String> environment, String... args) {
        return new Caller(42, 0, 0, List.of(0L), 022, -1, 0, "/work", List.of(args), environment);
    }

    @Override
    public Caller caller() {
        return caller;
    }

    @Override
    public void out(String text) {
        out.append(text);
    }

    @Override
    public void err(String text) {
        err.append(text);
    }

    @Override
    public boolean cold() {
        return true;
    }

    public String printed() {
        return out.toString();
    }

    public String complaints() {
        return err.toString();
    }
}
