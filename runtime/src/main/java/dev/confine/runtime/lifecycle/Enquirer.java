package dev.confine.runtime.lifecycle;

import dev.confine.launch.Conversation;
import dev.confine.runtime.compile.Blueprint;
import dev.confine.runtime.compile.Blueprint.Mode;
import dev.confine.spec.Capabilities;
import dev.confine.spec.ExecCPUAffinity;
import dev.confine.spec.Hooks;
import dev.confine.spec.Linux;
import dev.confine.spec.Namespace;
import dev.confine.spec.Process;
import dev.confine.spec.Root;
import dev.confine.spec.Spec;
import dev.confine.spec.User;
import dev.confine.spi.CreateRequest;
import dev.confine.state.ContainerId;
import java.util.List;
import java.util.Map;

/** The blueprint of a process that only finds something out in namespaces, and is no container's. */
final class Enquirer {
    private Enquirer() {}

    /** @param held its capabilities there */
    static Blueprint in(List<Namespace> namespaces, Conversation front, User user, List<String> held) {
        Linux linux = Linux.NONE.withNamespaces(namespaces);
        Spec spec = new Spec("1.0.0", new Root("/", false), List.of(), null, "", "", Hooks.NONE, Map.of(), linux)
                .withProcess(process(user, held));
        CreateRequest request = new CreateRequest(
                ContainerId.parse("enquirer"), "/", spec, new byte[0], null, null, null, 0, false, false, false);
        return new Blueprint(request, front.caller(), "/", Mode.VISIT, null);
    }

    private static Process process(User user, List<String> held) {
        return new Process(
                false,
                null,
                user,
                List.of("true"),
                List.of(),
                "/",
                new Capabilities(held, held, List.of(), held, List.of()),
                List.of(),
                false,
                null,
                "",
                "",
                null,
                null,
                ExecCPUAffinity.NONE);
    }
}
