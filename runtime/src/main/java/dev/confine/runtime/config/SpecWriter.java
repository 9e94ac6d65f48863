package dev.confine.runtime.config;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.core.util.Separators;
import dev.confine.spec.Hook;
import dev.confine.spec.Hooks;
import dev.confine.spec.IdMapping;
import dev.confine.spec.Mount;
import dev.confine.spec.Root;
import dev.confine.spec.Spec;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Writes a configuration as config.json, indented by tabs as engines write it. Reading it gives an equal configuration. */
public final class SpecWriter {
    private SpecWriter() {}

    /** The text of the file, with a newline at its end. */
    public static String toJson(Spec spec) {
        StringWriter text = new StringWriter();
        try (JsonGenerator generator = new JsonFactory().createGenerator(text)) {
            generator.setPrettyPrinter(indented());
            spec(new Out(generator), spec);
        } catch (IOException e) {
            throw new UncheckedIOException("a string cannot be written to", e);
        }
        return text.append('\n').toString();
    }

    private static DefaultPrettyPrinter indented() {
        DefaultIndenter tabs = new DefaultIndenter("\t", "\n");
        Separators separators =
                Separators.createDefaultInstance().withObjectFieldValueSpacing(Separators.Spacing.AFTER);
        return new DefaultPrettyPrinter(separators).withObjectIndenter(tabs).withArrayIndenter(tabs);
    }

    private static void spec(Out out, Spec spec) throws IOException {
        out.open();
        out.required("ociVersion", spec.ociVersion());
        if (spec.process() != null) {
            ProcessWriter.process(out, spec.process());
        }
        root(out, spec.root());
        out.text("hostname", spec.hostname());
        out.text("domainname", spec.domainname());
        mounts(out, spec.mounts());
        if (!spec.hooks().isEmpty()) {
            hooks(out, spec.hooks());
        }
        out.texts("annotations", spec.annotations());
        LinuxWriter.linux(out, spec.linux());
        out.close();
    }

    private static void root(Out out, @Nullable Root root) throws IOException {
        if (root != null) {
            out.open("root");
            out.required("path", root.path());
            out.bool("readonly", root.readonly());
            out.close();
        }
    }

    private static void mounts(Out out, List<Mount> mounts) throws IOException {
        if (mounts.isEmpty()) {
            return;
        }
        out.openList("mounts");
        for (Mount mount : mounts) {
            out.open();
            out.required("destination", mount.destination());
            out.text("type", mount.type());
            out.text("source", mount.source());
            out.texts("options", mount.options());
            idMappings(out, "uidMappings", mount.uidMappings());
            idMappings(out, "gidMappings", mount.gidMappings());
            out.close();
        }
        out.closeList();
    }

    static void idMappings(Out out, String name, List<IdMapping> mappings) throws IOException {
        if (mappings.isEmpty()) {
            return;
        }
        out.openList(name);
        for (IdMapping mapping : mappings) {
            out.open();
            out.number("containerID", mapping.containerID());
            out.number("hostID", mapping.hostID());
            out.number("size", mapping.size());
            out.close();
        }
        out.closeList();
    }

    private static void hooks(Out out, Hooks hooks) throws IOException {
        out.open("hooks");
        hooks(out, "prestart", hooks.prestart());
        hooks(out, "createRuntime", hooks.createRuntime());
        hooks(out, "createContainer", hooks.createContainer());
        hooks(out, "startContainer", hooks.startContainer());
        hooks(out, "poststart", hooks.poststart());
        hooks(out, "poststop", hooks.poststop());
        out.close();
    }

    private static void hooks(Out out, String name, List<Hook> hooks) throws IOException {
        if (hooks.isEmpty()) {
            return;
        }
        out.openList(name);
        for (Hook hook : hooks) {
            out.open();
            out.required("path", hook.path());
            out.texts("args", hook.args());
            out.texts("env", hook.env());
            out.number("timeout", hook.timeout());
            out.close();
        }
        out.closeList();
    }
}
