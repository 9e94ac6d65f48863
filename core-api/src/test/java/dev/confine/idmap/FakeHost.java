package dev.confine.idmap;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A host of texts, for tests here and in the modules that use id maps. */
public final class FakeHost implements HostTexts {
    private final Map<String, String> files = new HashMap<>();
    private final Map<String, String> outputs = new HashMap<>();

    /** The commands that were asked for. */
    public final List<String> asked = new ArrayList<>();

    /** One with {@code ana}, uid 1001, who has 65536 subordinate ids from 100000 on. */
    public static FakeHost withAna() {
        return new FakeHost()
                .file(
                        "/etc/passwd",
                        "root:x:0:0:root:/root:/bin/bash\nnobody:x:65534:65534::/:\nana:x:1001:1001::/home/ana:/bin/sh\n")
                .file("/etc/group", "root:x:0:\nana:x:1001:\n")
                .file("/etc/subuid", "ana:100000:65536\n")
                .file("/etc/subgid", "ana:100000:65536\n");
    }

    public FakeHost file(String path, String text) {
        files.put(path, text);
        return this;
    }

    /** {@code command} with blanks between its words. */
    public FakeHost output(String command, String text) {
        outputs.put(command, text);
        return this;
    }

    @Override
    public @Nullable String file(String path) {
        return files.get(path);
    }

    @Override
    public @Nullable String output(List<String> command) {
        String words = String.join(" ", command);
        asked.add(words);
        return outputs.get(words);
    }
}
