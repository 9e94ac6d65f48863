package dev.confine.validate;

import dev.confine.Quoted;
import dev.confine.spec.Linux;
import dev.confine.spec.NamespaceType;
import dev.confine.spec.Root;
import dev.confine.spec.Spec;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** Version, root, names and annotations. */
final class TopRules {
    /** __NEW_UTS_LEN, sethostname(2). */
    private static final int LONGEST_NAME = 64;

    private TopRules() {}

    static void check(Spec spec, Violations found) {
        if (!supported(spec.ociVersion())) {
            found.add(
                    "/ociVersion",
                    Quoted.text(spec.ociVersion())
                            + " is not a version that confine knows: it knows 1.0.0 and later ones of 1, write \"1.3.0\"");
        }
        root(spec.root(), found);
        name("/hostname", spec.hostname(), spec.linux(), found);
        name("/domainname", spec.domainname(), spec.linux(), found);
        found.addIf(spec.annotations().containsKey(""), "/annotations/", "an annotation needs a key: it is empty");
    }

    /** Semantic versioning with 1 in front. */
    private static boolean supported(String version) {
        int end = version.length();
        for (int i = 0; i < version.length() && end == version.length(); i++) {
            end = version.charAt(i) == '-' || version.charAt(i) == '+' ? i : end;
        }
        int dots = 0;
        for (int i = 0; i < end; i++) {
            char c = version.charAt(i);
            boolean first = i == 0 || version.charAt(i - 1) == '.';
            if (c == '.' ? first : c < '0' || c > '9') {
                return false;
            }
            dots += c == '.' ? 1 : 0;
        }
        return version.startsWith("1.") && dots == 2 && version.charAt(end - 1) != '.';
    }

    private static void root(@Nullable Root root, Violations found) {
        if (root == null) {
            found.add("/root", "is missing: name the root file system, for example {\"path\": \"rootfs\"}");
            return;
        }
        found.addIf(
                root.path().isEmpty(), "/root/path", "is empty: name a directory, absolute or relative to the bundle");
    }

    private static void name(String pointer, String name, Linux linux, Violations found) {
        if (name.isEmpty()) {
            return;
        }
        found.needs(NamespaceType.UTS, linux, pointer, "without a uts namespace the host would get this name");
        int length = name.getBytes(StandardCharsets.UTF_8).length;
        found.addIf(
                length > LONGEST_NAME,
                pointer,
                "is " + length + " bytes long, and the kernel takes " + LONGEST_NAME + " at most");
    }
}
