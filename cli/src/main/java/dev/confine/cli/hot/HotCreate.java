package dev.confine.cli.hot;

import dev.confine.cli.args.BundleArguments;
import dev.confine.cli.args.CreateArguments;
import dev.confine.cli.args.MapArguments;
import dev.confine.cli.args.RunArguments;
import dev.confine.cli.verb.CreateVerb;
import dev.confine.cli.verb.RunVerb;
import dev.confine.cli.verb.Verb;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The flags of create and run. Declines through its {@link Words}. */
final class HotCreate {
    private final Words words;
    private final boolean forRun;
    private final List<String> uidMaps = new ArrayList<>();
    private final List<String> gidMaps = new ArrayList<>();
    private String bundle = ".";
    private @Nullable String config;
    private @Nullable String pidFile;
    private @Nullable String consoleSocket;
    private @Nullable String pidfdSocket;
    private @Nullable String preset;
    private int preserveFds;
    private boolean noPivot;
    private boolean noNewKeyring;
    private boolean idmapRootfs;
    private boolean detach;
    private boolean keep;

    HotCreate(Words words, boolean forRun) {
        this.words = words;
        this.forRun = forRun;
    }

    @Nullable
    Verb create() {
        CreateArguments arguments = read();
        return arguments == null ? null : new CreateVerb(arguments);
    }

    @Nullable
    Verb run() {
        CreateArguments arguments = read();
        return arguments == null ? null : new RunVerb(new RunArguments(arguments, detach, keep));
    }

    private @Nullable CreateArguments read() {
        while (words.atFlag()) {
            String flag = words.flag();
            if (!shared(flag) && !(forRun && ofRun(flag))) {
                words.decline();
            }
        }
        String id = words.last();
        if (id == null) {
            return null;
        }
        BundleArguments from = new BundleArguments(bundle, config, new MapArguments(preset, uidMaps, gidMaps));
        return new CreateArguments(
                id, from, pidFile, consoleSocket, pidfdSocket, preserveFds, noPivot, noNewKeyring, idmapRootfs);
    }

    private boolean shared(String flag) {
        switch (flag) {
            case "-b", "--bundle" -> bundle = named("--bundle");
            case "-f", "--config" -> config = named("--config");
            case "--pid-file" -> pidFile = words.value();
            case "--console-socket" -> consoleSocket = words.value();
            case "--pidfd-socket" -> pidfdSocket = words.value();
            case "--preserve-fds" -> preserveFds = count(words.value());
            case "--no-pivot" -> noPivot = words.set();
            case "--no-new-keyring" -> noNewKeyring = words.set();
            case "--idmap-rootfs" -> idmapRootfs = words.set();
            case "--map" -> preset = words.value();
            case "--uid-map" -> uidMaps.add(words.repeatedValue());
            case "--gid-map" -> gidMaps.add(words.repeatedValue());
            default -> {
                return false;
            }
        }
        return true;
    }

    private boolean ofRun(String flag) {
        switch (flag) {
            case "-d", "--detach" -> {
                words.name("--detach");
                detach = words.set();
            }
            case "--keep" -> keep = words.set();
            case "--no-subreaper" -> words.set();
            default -> {
                return false;
            }
        }
        return true;
    }

    private String named(String canonical) {
        words.name(canonical);
        return words.value();
    }

    /** A count of file descriptors: one to three plain digits, else picocli shall say what is wrong. */
    private int count(String text) {
        int count = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c < '0' || c > '9' || i > 2) {
                words.decline();
                return 0;
            }
            count = 10 * count + c - '0';
        }
        return count;
    }
}
