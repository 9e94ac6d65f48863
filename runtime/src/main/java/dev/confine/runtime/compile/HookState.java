package dev.confine.runtime.compile;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import dev.confine.launch.Operand.Data;
import dev.confine.launch.Operand.Register;
import dev.confine.state.Status;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;

/**
 * What a hook reads: the state of {@code runtime.md#state}. It is written when the program is made, but for the pid, which each process writes as its own
 * pid namespace counts it.
 */
final class HookState {
    /** Where the digits of a pid go: white space may follow a number in JSON. */
    private static final String ROOM = "          ";

    private final byte[] text;
    private final Data data;

    /** @param status where it is STOPPED there is no pid */
    HookState(Code code, Blueprint blueprint, Status status) {
        this(
                code,
                blueprint.spec().ociVersion(),
                blueprint.request().id().value(),
                blueprint.request().bundle(),
                blueprint.spec().annotations(),
                status);
    }

    private HookState(
            Code code, String ociVersion, String id, String bundle, Map<String, String> annotations, Status status) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(256);
        try (JsonGenerator json = new JsonFactory().createGenerator(bytes)) {
            json.writeStartObject();
            json.writeStringField("ociVersion", ociVersion);
            json.writeStringField("id", id);
            json.writeStringField("status", status.word());
            json.writeStringField("bundle", bundle);
            json.writeObjectFieldStart("annotations");
            for (Map.Entry<String, String> annotation : annotations.entrySet()) {
                json.writeStringField(annotation.getKey(), annotation.getValue());
            }
            json.writeEndObject();
            if (status != Status.STOPPED) {
                json.writeFieldName("pid");
                json.writeRawValue(ROOM);
            }
            json.writeEndObject();
        } catch (IOException e) {
            throw new UncheckedIOException("memory cannot fail", e);
        }
        this.text = bytes.toByteArray();
        this.data = code.asm.bytes(text);
    }

    /** Makes {@code pid} that of the state. */
    void pid(Code code, Register pid) {
        Register digits = code.asm.register();
        code.asm.format(digits, pid, data.plus(text.length - 1 - ROOM.length()), ROOM.length());
        code.asm.release(digits);
    }

    Data data() {
        return data;
    }

    int size() {
        return text.length;
    }
}
