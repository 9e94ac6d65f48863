package dev.confine.it;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * A bundle with busybox as root file system, and the container that is made of it. The bundle belongs to who runs it, the container's state is kept in the
 * scratch directory.
 */
final class Bundle {
    private final As as;
    private final Path directory;
    private final Path state;
    private final Config config;
    private String id;

    private Bundle(As as, Path directory, Path state, Config config) {
        this.as = as;
        this.directory = directory;
        this.state = state;
        this.config = config;
        this.id = directory.getFileName().toString();
    }

    /** A bundle that runs {@code true}, with the configuration that {@code confine spec} writes. */
    static Bundle of(As as) {
        return of(as, "box");
    }

    static Bundle of(As as, String name) {
        as.require();
        Path directory = Scratch.current().unused(name + "-" + as.name().toLowerCase(Locale.ROOT), as);
        Bundle bundle = new Bundle(as, directory, Scratch.current().state(as), Config.generated(as));
        bundle.fill();
        bundle.config.set("/process/terminal", "false").set("/root/readonly", "false");
        return bundle.args("true");
    }

    private void fill() {
        Busybox.tree(rootfs());
        Command.run("chown", "-hR", as.uid() + ":" + as.uid(), rootfs().toString())
                .success();
    }

    Path directory() {
        return directory;
    }

    Path rootfs() {
        return directory.resolve("rootfs");
    }

    /** Where the container's own state would be. */
    Path stateDirectory() {
        return state;
    }

    As as() {
        return as;
    }

    String id() {
        return id;
    }

    Bundle id(String other) {
        id = other;
        return this;
    }

    JsonNode at(String pointer) {
        return config.at(pointer);
    }

    Bundle set(String pointer, String json) {
        config.set(pointer, json);
        return this;
    }

    Bundle add(String pointer, String json) {
        config.add(pointer, json);
        return this;
    }

    Bundle remove(String pointer) {
        config.remove(pointer);
        return this;
    }

    Bundle args(String... args) {
        config.args(args);
        return this;
    }

    /** Runs a script of the container's shell. */
    Bundle script(String script) {
        return args("/bin/sh", "-c", script);
    }

    Bundle withoutNamespace(String type) {
        config.removeFrom("/linux/namespaces", "type", type);
        return this;
    }

    /** Gives the namespaces and maps that say so; {@code extents} are {@code CONTAINER:HOST:SIZE}, for users and groups alike. */
    Bundle userNamespace(String... extents) {
        withoutNamespace("user").add("/linux/namespaces", "{type: 'user'}");
        remove("/linux/uidMappings").remove("/linux/gidMappings");
        for (String extent : extents) {
            add("/linux/uidMappings", extent(extent)).add("/linux/gidMappings", extent(extent));
        }
        return this;
    }

    /** An extent as JSON. */
    static String extent(String words) {
        String[] numbers = words.split(":");
        return "{containerID: " + numbers[0] + ", hostID: " + numbers[1] + ", size: " + numbers[2] + "}";
    }

    /** A network of its own, which is not what is generated for an ordinary user. */
    Bundle withNetwork() {
        return withoutNamespace("network").add("/linux/namespaces", "{type: 'network'}");
    }

    Bundle withoutUserNamespace() {
        return withoutNamespace("user").remove("/linux/uidMappings").remove("/linux/gidMappings");
    }

    Bundle mount(String json) {
        return add("/mounts", json);
    }

    Bundle removeMount(String destination) {
        config.removeFrom("/mounts", "destination", destination);
        return this;
    }

    /** A file or directory of the host beside the bundle's root file system. */
    Path host(String name) {
        return directory.resolve(name);
    }

    Bundle write() {
        Scratch.write(directory.resolve("config.json"), config.toString());
        return this;
    }

    /** Confine with the state directory of the test; it is told through the arguments. */
    Result confine(String verb, String... arguments) {
        return confine(Confine.as(as), verb, arguments);
    }

    Result confine(Confine confine, String verb, String... arguments) {
        return confine.run(words(verb, arguments));
    }

    String[] words(String verb, String... arguments) {
        List<String> words = new ArrayList<>(List.of("--root", state.toString(), verb));
        words.addAll(List.of(arguments));
        return words.toArray(String[]::new);
    }

    private String[] flags(String verb, String... flags) {
        List<String> words = new ArrayList<>(List.of("--bundle", directory.toString()));
        words.addAll(List.of(flags));
        words.add(id);
        return words(verb, words.toArray(String[]::new));
    }

    /** {@code confine run}, in the foreground unless a flag says otherwise. */
    Result run(String... flags) {
        return run(Confine.as(as), flags);
    }

    Result run(Confine confine, String... flags) {
        write();
        return confine.run(flags("run", flags));
    }

    /** What the container's program writes; it has to succeed. */
    String output(String... flags) {
        return run(flags).output();
    }

    /** The words of {@code confine run}, without who runs it. */
    List<String> runWords(String... flags) {
        return Command.words(List.of(Scratch.distribution() + "/bin/confine"), flags("run", flags));
    }

    /** The words of any verb, without who runs it. */
    List<String> verbWords(String verb, String... arguments) {
        return Command.words(List.of(Scratch.distribution() + "/bin/confine"), words(verb, arguments));
    }

    /** {@code confine run} that goes on beside the test. */
    Command.Running start(String... flags) {
        return start(Confine.as(as), flags);
    }

    Command.Running start(Confine confine, String... flags) {
        write();
        return confine.start(flags("run", flags));
    }

    /** {@code confine create} that goes on beside the test. */
    Command.Running startCreate() {
        return Confine.as(as).start(flags("create"));
    }

    Result create(String... flags) {
        return create(Confine.as(as), flags);
    }

    Result create(Confine confine, String... flags) {
        write();
        return confine.run(flags("create", flags));
    }

    Result plan(String... flags) {
        write();
        List<String> words = new ArrayList<>(List.of(flags));
        words.add(directory.toString());
        return confine("plan", words.toArray(String[]::new));
    }

    /** What {@code confine state} says. */
    JsonNode state() {
        return Config.parse(confine("state", id).output());
    }

    String status() {
        return state().path("status").asText();
    }

    long pid() {
        return state().path("pid").asLong();
    }

    Result deleteByForce() {
        return confine("delete", "--force", id);
    }
}
