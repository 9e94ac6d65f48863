package dev.confine.runtime.compile;

import dev.confine.launch.Operand.Data;
import dev.confine.launch.Operand.Register;
import dev.confine.launch.Syscall;
import dev.confine.runtime.json.JsonText;
import dev.confine.state.ContainerId;
import dev.confine.state.ContainerState;
import dev.confine.state.Status;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a hook reads: the state of {@code runtime.md#state}. It is written when the program is made, but for the pid, which each process writes as its own
 * pid namespace counts it.
 */
final class HookState {
    /** Where the digits of a pid go: white space may follow a number in JSON. */
    private static final String ROOM = "          ";

    private static final int STOPPED = -1;
    private static final int UNKNOWN = 0;

    private final Code code;
    private final byte[] text;
    private final Data data;
    private final String bundle;
    private final Map<String, String> annotations;

    private HookState(Code code, byte[] text, String bundle, Map<String, String> annotations) {
        this.code = code;
        this.text = text;
        this.data = code.asm.bytes(text);
        this.bundle = bundle;
        this.annotations = annotations;
    }

    /** That of a container that is made or started by the program itself, which says what pid it has. */
    static HookState of(Code code, Blueprint blueprint, Status status) {
        return new HookState(
                code,
                json(
                        blueprint.spec().ociVersion(),
                        blueprint.request().id(),
                        status,
                        blueprint.request().bundle(),
                        blueprint.spec().annotations(),
                        status == Status.STOPPED ? STOPPED : UNKNOWN),
                blueprint.request().bundle(),
                blueprint.spec().annotations());
    }

    /** That of a container that exists, with the pid that it has, or that existed. */
    static HookState of(Code code, ContainerState state, Status status) {
        return new HookState(
                code,
                json(
                        state.ociVersion(),
                        state.id(),
                        status,
                        state.bundle(),
                        state.annotations(),
                        status == Status.STOPPED ? STOPPED : state.pid()),
                state.bundle(),
                state.annotations());
    }

    private static byte[] json(
            String ociVersion,
            ContainerId id,
            Status status,
            String bundle,
            Map<String, String> annotations,
            long pid) {
        JsonText json = JsonText.onOneLine()
                .open('{')
                .member("ociVersion", ociVersion)
                .member("id", id.value())
                .member("status", status.word())
                .member("bundle", bundle)
                .member("annotations", annotations);
        if (pid != STOPPED) {
            json.name("pid").raw(pid == UNKNOWN ? ROOM : Long.toString(pid));
        }
        return json.close('}').bytes();
    }

    /** Makes {@code pid} that of the state. */
    void pid(Register pid) {
        Register digits = code.asm.register();
        code.asm.format(digits, pid, data.plus(text.length - 1 - ROOM.length()), ROOM.length());
        code.asm.release(digits);
    }

    /** Makes the process's own pid that of the state. */
    void ownPid() {
        Register pid = code.asm.register();
        code.call(Syscall.GETPID).into(pid);
        pid(pid);
        code.asm.release(pid);
    }

    /** The file of the host that hooks outside of the container write to, where an annotation of this name says one; else null. */
    @Nullable
    String file(String annotation) {
        String path = annotations.get(annotation);
        return path == null || path.isEmpty() || path.startsWith("/") ? path : bundle + "/" + path;
    }

    Data data() {
        return data;
    }

    int size() {
        return text.length;
    }
}
