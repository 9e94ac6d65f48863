package dev.confine.runtime.lifecycle;

import dev.confine.ConfineException;
import dev.confine.launch.Errno;
import dev.confine.runtime.compile.Blueprint;
import dev.confine.runtime.compile.Blueprint.Mode;
import dev.confine.spec.Spec;
import dev.confine.spi.Caller;
import dev.confine.spi.CreateRequest;
import dev.confine.state.ContainerState;

/** What is said when the program of a created container is not executed: it was found when the container was made, so something has changed, or it is no program. */
final class FailedStart {
    private FailedStart() {}

    /**
     * @param content of {@link dev.confine.runtime.compile.Tags#EXEC_FAILED}: a negative errno, 4 bytes little-endian; anything else means it ended before
     * @param spec the container was made with
     */
    static ConfineException of(byte[] content, ContainerState state, Spec spec, Caller caller) {
        if (content.length != 4) {
            return new ConfineException("container " + state.id() + " ended before its program was executed");
        }
        int errno = -((content[0] & 0xff) | (content[1] & 0xff) << 8 | (content[2] & 0xff) << 16 | content[3] << 24);
        String message = "exec of the program of container " + state.id() + ": " + Errno.describe(errno);
        if (errno == Errno.ENOENT.number()) {
            message += " (it has been removed since, or the interpreter that it names is missing)";
        } else if (errno == Errno.ENOEXEC.number()) {
            message += " (is it a program for this machine, or a script without #! line?)";
        }
        String why = Diagnosis.ofProgram(errno, blueprint(state, spec, caller));
        return new ConfineException(why.isEmpty() ? message : message + "; " + why);
    }

    private static Blueprint blueprint(ContainerState state, Spec spec, Caller caller) {
        CreateRequest request = new CreateRequest(
                state.id(), state.bundle(), spec, new byte[0], null, null, null, 0, false, false, false);
        return new Blueprint(request, caller, "/", Mode.CREATE, LinuxLifecycle.newMaps(request));
    }
}
