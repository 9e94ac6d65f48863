package dev.confine.cli;

import dev.confine.cli.config.CallerSources;
import dev.confine.cli.config.SettingsFiles;
import dev.confine.spi.Exit;
import dev.confine.spi.Session;
import io.quarkus.runtime.Quarkus;
import io.quarkus.runtime.QuarkusApplication;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** Answers with everything: settings from all places, picocli, CDI. */
final class Booted {
    private static volatile @Nullable Session session;

    private Booted() {}

    static Exit answer(Session asking) {
        return run(asking, Application.class);
    }

    /** Does not come back where {@code application} ends the JVM, as it should. */
    static Exit run(Session asking, Class<? extends QuarkusApplication> application) {
        session = asking;
        CallerSources.use(SettingsFiles.read(asking.caller()));
        AtomicReference<@Nullable Throwable> defect = new AtomicReference<>();
        Quarkus.run(application, (code, thrown) -> defect.set(thrown));
        Throwable thrown = defect.get();
        if (thrown != null) {
            throw new IllegalStateException("Quarkus did not start", thrown);
        }
        return Exit.code(1);
    }

    /** The command that Quarkus was booted for, or null in a test. */
    static @Nullable Session session() {
        return session;
    }
}
