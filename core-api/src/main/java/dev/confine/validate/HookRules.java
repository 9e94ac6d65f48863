package dev.confine.validate;

import dev.confine.spec.Hook;
import dev.confine.spec.Hooks;
import java.util.List;

/** {@code hooks}. */
final class HookRules {
    private HookRules() {}

    static void check(Hooks hooks, Violations found) {
        list(hooks.prestart(), "/hooks/prestart", found);
        list(hooks.createRuntime(), "/hooks/createRuntime", found);
        list(hooks.createContainer(), "/hooks/createContainer", found);
        list(hooks.startContainer(), "/hooks/startContainer", found);
        list(hooks.poststart(), "/hooks/poststart", found);
        list(hooks.poststop(), "/hooks/poststop", found);
    }

    private static void list(List<Hook> hooks, String pointer, Violations found) {
        for (int i = 0; i < hooks.size(); i++) {
            String hook = Pointer.item(pointer, i);
            found.absolute(hook + "/path", hooks.get(i).path());
            ProcessRules.environment(hooks.get(i).env(), hook + "/env", found);
        }
    }
}
