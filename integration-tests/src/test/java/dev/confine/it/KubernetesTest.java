package dev.confine.it;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** containerd's plugin for Kubernetes, asked as a kubelet asks it: pods and containers of a RuntimeClass that confine runs. No Debian package has crictl. */
@Containers
@Requires({"root", "containerd", "grpc"})
final class KubernetesTest {
    private static final String CONFIG = """
            version = 2
            [plugins."io.containerd.grpc.v1.cri"]
              sandbox_image = "docker.io/library/busybox:latest"
              disable_apparmor = true
              # a host may not let anybody lower it
              restrict_oom_score_adj = true
              [plugins."io.containerd.grpc.v1.cri".containerd]
                snapshotter = "native"
                default_runtime_name = "confine"
                [plugins."io.containerd.grpc.v1.cri".containerd.runtimes.confine]
                  runtime_type = "io.containerd.runc.v2"
                  [plugins."io.containerd.grpc.v1.cri".containerd.runtimes.confine.options]
                    BinaryName = "%s"
            """;

    /** A client of the Container Runtime Interface, runtime.v1: its messages are few and small enough to be written by hand. Numbers are those of its fields. */
    private static final String CLIENT = """
            import grpc, sys

            def varint(value):
                out = bytearray()
                while value > 127: out.append(value & 127 | 128); value >>= 7
                return bytes(out + bytes([value]))

            def message(fields):
                out = b""
                for number, value in fields.items():
                    for one in value if isinstance(value, list) else [value]:
                        if isinstance(one, int): out += varint(number << 3) + varint(one)
                        else:
                            part = one.encode() if isinstance(one, str) else message(one)
                            out += varint(number << 3 | 2) + varint(len(part)) + part
                return out

            def parse(data):
                fields, at = {}, 0
                def number():
                    nonlocal at
                    value = shift = 0
                    while True:
                        byte = data[at]; at += 1
                        value |= (byte & 127) << shift; shift += 7
                        if byte < 128: return value
                while at < len(data):
                    key = number()
                    if key & 7 == 0: fields[key >> 3] = number()
                    else:
                        size = number()
                        fields[key >> 3] = data[at:at + size]; at += size
                return fields

            channel = grpc.insecure_channel("unix:///run/containerd/containerd.sock")
            def call(name, fields):
                return parse(channel.unary_unary("/runtime.v1.RuntimeService/" + name)(message(fields), timeout=40))

            NODE, CONTAINER = 2, 1
            namespaces = {1: NODE, 2: CONTAINER}
            pod = {1: {1: "pod", 2: "uid-1", 3: "default", 4: 0}, 3: "/var/log", 6: {1: "app", 2: "box"}, 8: {2: {1: namespaces}}}
            sandbox = call("RunPodSandbox", {1: pod, 2: "confine"})[1].decode()
            print("pod", parse(call("PodSandboxStatus", {1: sandbox})[1]).get(3, 0))
            container = call("CreateContainer", {1: sandbox, 3: pod, 2: {
                1: {1: "box"}, 2: {1: "docker.io/library/busybox:latest"}, 3: ["sh", "-c", "echo begun; trap 'exit 3' TERM; while :; do sleep 0.1; done"],
                6: {1: "COLOUR", 2: "blue"}, 11: "box.log",
                15: {1: {1: 100000, 2: 50000, 4: 33554432}, 2: {3: namespaces}}}})[1].decode()
            call("StartContainer", {1: container})
            def execute(*words):
                answer = call("ExecSync", {1: container, 2: list(words), 3: 20})
                return answer.get(1, b"").decode().strip(), answer.get(3, 0)
            print("exec", execute("sh", "-c", "echo $COLOUR; exit 5"))
            print("first", execute("cat", "/proc/1/comm"))
            state = lambda: parse(call("ContainerStatus", {1: container})[1])
            print("running", state().get(3))
            call("UpdateContainerResources", {1: container, 2: {4: 67108864}})
            call("StopContainer", {1: container, 2: 10})
            print("stopped", state().get(3), state().get(7))
            call("RemoveContainer", {1: container})
            call("StopPodSandbox", {1: sandbox})
            call("RemovePodSandbox", {1: sandbox})
            print("log", open("/var/log/box.log").read().split()[-1])
            """;

    @RegisterExtension
    static final Sandbox SANDBOX = new Sandbox();

    @BeforeAll
    static void setUp() {
        SANDBOX.write("/var/containerd.toml", CONFIG.formatted(Sandbox.confine()));
        SANDBOX.serve("containerd", "--config=/var/containerd.toml");
        Eventually.holds(
                "containerd answers", () -> SANDBOX.run("ctr", "version").exit() == 0);
        ContainerdTest.makeImage(SANDBOX);
        SANDBOX.run("ctr", "--namespace=k8s.io", "images", "import", "--snapshotter=native", "/var/image.tar")
                .success();
    }

    @Test
    void pod_isRunByConfine_withItsContainer() {
        Result result = SANDBOX.run("/usr/bin/python3", "-c", CLIENT);
        assertThat(result.success().out().lines())
                .containsExactly(
                        "pod 0", "exec ('blue', 5)", "first ('sh', 0)", "running 1", "stopped 2 3", "log begun");
    }
}
