package dev.confine.cli.verb;

import dev.confine.runtime.json.JsonText;
import dev.confine.state.ContainerState;
import dev.confine.state.Status;

/** A container's state as callers read it: {@code runtime.md#state} with {@code rootfs}, {@code created} and {@code owner}, in runc's order. */
final class StateJson {
    private StateJson() {}

    static String of(ContainerState state, Accounts accounts) {
        JsonText json = new JsonText();
        add(json, state, accounts);
        return json.end();
    }

    /** Adds the object at the place where {@code json} stands. */
    static void add(JsonText json, ContainerState state, Accounts accounts) {
        json.open('{')
                .member("ociVersion", state.ociVersion())
                .member("id", state.id().value())
                .member("pid", pid(state))
                .member("status", state.status().word())
                .member("bundle", state.bundle())
                .member("rootfs", state.rootfs())
                .member("created", state.created());
        if (!state.annotations().isEmpty()) {
            json.member("annotations", state.annotations());
        }
        json.member("owner", accounts.name(state.ownerUid())).close('}');
    }

    /** A stopped container has no process: its pid may be another's by now. */
    static long pid(ContainerState state) {
        return state.status() == Status.STOPPED ? 0 : state.pid();
    }
}
