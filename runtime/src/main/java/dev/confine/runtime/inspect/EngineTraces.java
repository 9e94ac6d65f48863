package dev.confine.runtime.inspect;

import dev.confine.runtime.inspect.ContainerName.Engine;
import org.jspecify.annotations.Nullable;

/**
 * How engines name what belongs to a container: the cgroup, by the conventions of each (podman {@code libpod-ID.scope}, Docker {@code docker-ID.scope} or
 * {@code /docker/ID}, CRI {@code cri-containerd-ID.scope} or below {@code kubepods}), and the process that keeps it (conmon(8), containerd's shim).
 * A name is a hint: whoever may write into cgroups or start programs can imitate one.
 */
final class EngineTraces {
    private static final int ID_LENGTH = 64;

    private EngineTraces() {}

    /** Of a cgroup path the innermost container in it. */
    static @Nullable ContainerName ofCgroup(String path) {
        String[] parts = path.split("/");
        for (int i = parts.length - 1; i >= 0; i--) {
            ContainerName found = ofPart(parts, i);
            if (found != null) {
                return found;
            }
        }
        return null;
    }

    private static @Nullable ContainerName ofPart(String[] parts, int at) {
        String part = parts[at].endsWith(".scope") ? parts[at].substring(0, parts[at].length() - 6) : parts[at];
        int dash = part.lastIndexOf('-');
        String id = part.substring(dash + 1);
        if (!isId(id)) {
            return null;
        }
        Engine engine =
                switch (part.substring(0, dash + 1)) {
                    case "libpod-" -> Engine.PODMAN;
                    case "docker-" -> Engine.DOCKER;
                    case "cri-containerd-", "nerdctl-" -> Engine.CONTAINERD;
                    case "crio-" -> Engine.CRIO;
                    case "" -> ofParents(parts, at);
                    default -> null;
                };
        return engine == null ? null : new ContainerName(engine, id, "");
    }

    /** A directory that is called as a container and nothing else says by those above it whose it is. */
    private static @Nullable Engine ofParents(String[] parts, int at) {
        if (at > 0 && parts[at - 1].equals("docker")) {
            return Engine.DOCKER;
        }
        for (int i = 0; i < at; i++) {
            if (parts[i].startsWith("kubepods")) {
                return Engine.CONTAINERD;
            }
        }
        return null;
    }

    /** Of the command line of a process the container that it keeps. */
    static @Nullable ContainerName ofKeeper(String[] arguments) {
        if (arguments.length == 0) {
            return null;
        }
        String program = arguments[0].substring(arguments[0].lastIndexOf('/') + 1);
        if (program.equals("conmon")) {
            String id = after(arguments, "-c");
            return id.isEmpty() ? null : new ContainerName(ofConmon(arguments), id, after(arguments, "-n"));
        }
        if (program.startsWith("containerd-shim")) {
            String id = after(arguments, "-id");
            Engine engine = after(arguments, "-namespace").equals("moby") ? Engine.DOCKER : Engine.CONTAINERD;
            return id.isEmpty() ? null : new ContainerName(engine, id, "");
        }
        return null;
    }

    private static Engine ofConmon(String[] arguments) {
        for (String argument : arguments) {
            if (argument.contains("/crio/")) {
                return Engine.CRIO;
            }
        }
        return Engine.PODMAN;
    }

    private static String after(String[] arguments, String option) {
        for (int i = 0; i + 1 < arguments.length; i++) {
            if (arguments[i].equals(option)) {
                return arguments[i + 1];
            }
        }
        return "";
    }

    private static boolean isId(String text) {
        if (text.length() != ID_LENGTH) {
            return false;
        }
        for (int i = 0; i < ID_LENGTH; i++) {
            char c = text.charAt(i);
            if ((c < '0' || c > '9') && (c < 'a' || c > 'f')) {
                return false;
            }
        }
        return true;
    }
}
