package dev.confine.launch;

import java.io.File;
import java.io.FileWriter;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/**
 * Writes {@code opcodes.h}, from which the launcher takes every number that it shares with Java. Run by the build alone. Enums, so that
 * the compiler warns of an operation that the launcher does not know.
 */
public final class HeaderWriter {
    private HeaderWriter() {}

    /** Writes the header to the file {@code args[0]}. */
    public static void main(String[] args) throws IOException {
        File file = new File(args[0]);
        if (!file.getParentFile().isDirectory() && !file.getParentFile().mkdirs()) {
            throw new IOException("cannot make " + file.getParent());
        }
        try (FileWriter writer = new FileWriter(file, StandardCharsets.UTF_8)) {
            writer.write(header());
        }
    }

    static String header() {
        StringBuilder text = new StringBuilder("""
                /* Written by HeaderWriter from the enums in Java. */
                #ifndef OPCODES_H
                #define OPCODES_H

                """);
        numbered(text, "op", "OP_", Op.values());
        text.append("enum { OPS = ").append(Op.values().length).append(" };\n\n");
        numbered(text, "condition", "CONDITION_", Condition.values());
        text.append("enum { CONDITIONS = ").append(Condition.values().length).append(" };\n\n");
        numbered(text, "on_error", "ON_ERROR_", Instruction.OnError.values());
        text.append("enum { ON_ERRORS = ")
                .append(Instruction.OnError.values().length)
                .append(" };\n\n");
        frames(text);
        text.append("#if defined(__x86_64__)\n");
        calls(text, Architecture.X86_64);
        text.append("#elif defined(__aarch64__)\n");
        calls(text, Architecture.AARCH64);
        return text.append("#endif\n\n#endif\n").toString();
    }

    private static void numbered(StringBuilder text, String type, String prefix, Enum<?>[] constants) {
        text.append("enum ").append(type).append(" {\n");
        for (Enum<?> constant : constants) {
            text.append('\t').append(prefix).append(constant.name()).append(",\n");
        }
        text.append("};\n\n");
    }

    private static void frames(StringBuilder text) {
        text.append("enum frame_type {\n");
        for (FrameType type : FrameType.values()) {
            entry(text, "FRAME_" + type.name(), type.code());
        }
        text.append("};\n\n");
    }

    private static void calls(StringBuilder text, Architecture architecture) {
        text.append("enum {\n");
        for (Syscall call : Syscall.values()) {
            entry(text, "NR_" + call.name(), call.number(architecture));
        }
        text.append("};\n");
    }

    private static void entry(StringBuilder text, String name, int value) {
        text.append('\t').append(name).append(" = ").append(value).append(",\n");
    }
}
