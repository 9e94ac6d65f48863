package dev.confine.runtime.compile;

import static dev.confine.runtime.compile.Code.num;
import static dev.confine.runtime.compile.Kernel.*;

import dev.confine.launch.Errno;
import dev.confine.launch.Label;
import dev.confine.launch.Operand;
import dev.confine.launch.Operand.Data;
import dev.confine.launch.Operand.Register;
import dev.confine.launch.Syscall;
import dev.confine.runtime.json.JsonText;
import dev.confine.spec.Seccomp;
import dev.confine.spec.Spec;
import dev.confine.state.Status;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The host's side of a seccomp listener: who listens at {@code listenerPath} gets the file descriptor of the filter and the container process state,
 * {@code config-linux.md#containerprocessstate}, in one message. The descriptor comes over the line to the container, where {@link CallFilter} sends it.
 */
final class Listener {
    /** Where the digits of a pid go: white space may follow a number in JSON. */
    private static final String ROOM = "          ";

    private static final String PID = "pid";

    private final Code code;
    private final String path;
    private final byte[] text;
    private final Register socket;

    private Listener(Code code, String path, byte[] text) {
        this.code = code;
        this.path = path;
        this.text = text;
        this.socket = code.asm.register();
    }

    /** That of what the front starts itself; null where there is none, as for a container that waits for its start. */
    static @Nullable Listener of(Code code, Blueprint blueprint) {
        if (blueprint.mode() == Blueprint.Mode.CREATE) {
            return null;
        }
        Status status = blueprint.mode().adds() ? Status.RUNNING : Status.CREATED;
        String id = blueprint.request().id().value();
        return of(code, blueprint.spec(), id, blueprint.request().bundle(), status);
    }

    /** Null where nothing is to be listened to. */
    static @Nullable Listener of(Code code, Spec spec, String id, String bundle, Status status) {
        Seccomp seccomp = spec.linux().seccomp();
        if (seccomp == null || !seccomp.hasListener()) {
            return null;
        }
        return new Listener(code, seccomp.listenerPath(), state(seccomp, spec, id, bundle, status));
    }

    /** As who called, before there is anything to be undone. */
    void connect() {
        code.step("connect to the seccomp listener " + path, "/linux/seccomp/listenerPath");
        code.cure(Errno.ENOENT, "nobody listens there: start the listener before the container");
        code.cure(Errno.ECONNREFUSED, "nobody listens there, on a stream socket");
        code.cure(Errno.EPROTOTYPE, "it is no stream socket");
        Data address = SocketAddress.of(code, path);
        code.call(Syscall.SOCKET, num(AF_UNIX), num(SOCK_STREAM | SOCK_CLOEXEC), num(0))
                .into(socket);
        code.call(Syscall.CONNECT, socket, address, num(SocketAddress.SIZE));
    }

    /** In the container's process: a listener that reads to the end must not wait for this process, which may wait for it. */
    void leave() {
        code.call(Syscall.CLOSE, socket);
    }

    /** Passes on what comes over {@code line}; goes to {@code failed} where the other end says something else, of which {@code word} then has the first byte. */
    void pass(Register line, Data word, Operand pid, Label failed) {
        Register filter = code.asm.register();
        Data message = code.asm.bytes(text);
        code.step("hand the filter to the seccomp listener " + path, "/linux/seccomp/listenerPath");
        code.cure(Errno.EPIPE, "who listened there is gone");
        new FdMessage(code, word, 1).receive(line, filter, failed);
        int last = text.length - 1 - ROOM.length();
        write(message.plus(last), pid);
        // before it: the end of the state, and the name of the last member
        write(message.plus(last - ",\"pid\":}".length() - ROOM.length()), pid);
        new FdMessage(code, message, text.length).send(socket, filter);
        code.close(socket);
        code.close(filter);
    }

    private void write(Data place, Operand pid) {
        Register digits = code.asm.register();
        code.asm.format(digits, pid, place, ROOM.length());
        code.asm.release(digits);
    }

    private static byte[] state(Seccomp seccomp, Spec spec, String id, String bundle, Status status) {
        return JsonText.onOneLine()
                .open('{')
                .member("ociVersion", spec.ociVersion())
                .member("fds", List.of("seccompFd"))
                .member("metadata", seccomp.listenerMetadata())
                .name("state")
                .open('{')
                .member("ociVersion", spec.ociVersion())
                .member("id", id)
                .member("status", status.word())
                .member("bundle", bundle)
                .member("annotations", spec.annotations())
                .name(PID)
                .raw(ROOM)
                .close('}')
                .name(PID)
                .raw(ROOM)
                .close('}')
                .bytes();
    }
}
