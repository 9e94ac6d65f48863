package dev.confine.it;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;

/**
 * A program in criu's place, because criu itself works on few kernels: it speaks its protocol, writes down what it was asked for, and does what is seen of it. For a
 * restore it makes a process that is its maker's child, as criu does.
 */
final class FakeCriu {
    /** One seqpacket is one message. It tells of steps first, as criu does, and then answers as its second line says. */
    private static final String SCRIPT = """
            #!/usr/bin/env python3
            # ANSWER
            import array, ctypes, json, os, signal, socket, sys

            def varint(data, at):
                value = shift = 0
                while True:
                    byte = data[at]; at += 1
                    value |= (byte & 127) << shift; shift += 7
                    if byte < 128: return value, at

            def parse(data):
                fields, at = {}, 0
                while at < len(data):
                    key, at = varint(data, at)
                    if key & 7 == 0:
                        value, at = varint(data, at)
                    else:
                        size, at = varint(data, at)
                        value, at = data[at:at + size], at + size
                    fields.setdefault(str(key >> 3), []).append(value)
                return fields

            def number(field, value):
                out = bytearray()
                for part in (field << 3, value):
                    while part > 127: out.append(part & 127 | 128); part >>= 7
                    out.append(part)
                return bytes(out)

            def inner(field, content):
                return bytes([field << 3 | 2, len(content)]) + content

            def notify(step, pid=0, fd=None):
                content = bytes([10, len(step)]) + step.encode() + (number(2, pid) if pid else b"")
                message = bytes([8, 6, 16, 1]) + inner(5, content)
                rights = [] if fd is None else [(socket.SOL_SOCKET, socket.SCM_RIGHTS, array.array("i", [fd]))]
                line.sendmsg([message], rights)
                notified = parse(line.recv(65536))
                assert notified == {"1": [6], "3": [1]}, notified

            def restore():
                master, slave = os.openpty()
                libc = ctypes.CDLL(None)
                pid = libc.syscall({"x86_64": 56, "aarch64": 220}[os.uname().machine], 0x8000 | 17, 0, 0, 0, 0)
                if pid == 0:
                    line.close()
                    if terminal:
                        os.setsid(); os.dup2(slave, 0); os.dup2(slave, 1); os.dup2(slave, 2)
                    os.closerange(3, 64)
                    os.execv("/bin/busybox", ["sh", "-c", "busybox sleep 0.5; echo restored; trap 'exit 7' TERM; while :; do busybox sleep 0.1; done"])
                notify("setup-namespaces", pid)
                if terminal: notify("orphan-pts-master", fd=master)
                notify("post-restore", pid)
                line.send(bytes([8, 2, 16, 1]) + inner(4, number(1, pid)))

            line = socket.socket(fileno=int(sys.argv[2]))
            request = parse(line.recv(65536))
            options = parse(request["2"][0])
            answer = open(sys.argv[0]).read().split("\\n")[1]
            terminal = answer == "# terminal"
            peer = int.from_bytes(line.getsockopt(socket.SOL_SOCKET, socket.SO_PEERCRED, 12)[:4], "little")
            images = os.readlink("/proc/%d/fd/%d" % (peer, options["1"][0]))
            shown = {k: [v.decode("latin1") if isinstance(v, bytes) and k != "11" else str(v) for v in vs] for k, vs in options.items()}
            shown.update(type=request["1"], images=images, argv=sys.argv[1:], fds=len(os.listdir("/proc/self/fd")))
            shown.update(open={fd: os.readlink("/proc/self/fd/" + fd) for fd in os.listdir("/proc/self/fd") if os.path.exists("/proc/self/fd/" + fd)})
            shown.update(cgroup=open("/proc/self/cgroup").read())
            if request["1"] == [2]:
                shown["mounts"] = open("/proc/self/mountinfo").read()
                shown["names"] = sorted(os.listdir(options["13"][0].decode()))
            if "17" in options: shown["work"] = os.readlink("/proc/%d/fd/%d" % (peer, options["17"][0]))
            with open(images + "/asked.json", "w") as out: json.dump(shown, out)
            if answer == "# refuse":
                log = options["10"][0].decode()
                with open(images + "/" + log, "w") as out: out.write("(00.1) all is well\\n(00.2) Error (criu/x.c:1): no such luck\\n(00.3) Error (b)\\n")
                line.send(bytes([8, 1, 16, 0, 56, 95]))
            elif answer == "# vanish":
                pass
            elif request["1"] == [2]:
                restore()
            else:
                notify("pre-dump ")
                notify("status-ready")
                if "3" not in options and request["1"] == [1]: os.kill(options["2"][0], signal.SIGKILL)
                line.send(bytes([8, request["1"][0], 16, 1]))
            """;

    private FakeCriu() {}

    /**
     * The program.
     *
     * @param answer {@code save}, {@code terminal}, {@code refuse} or {@code vanish}
     */
    static Path that(String answer) {
        Host.require("python");
        Path script = Scratch.write(Scratch.current().path("criu-" + answer), SCRIPT.replace("ANSWER", answer));
        Scratch.chmod(script, "rwxr-xr-x");
        return script;
    }

    /** What it was asked for, of images in this directory. */
    static JsonNode asked(Path images) {
        return Config.parse(Scratch.read(images.resolve("asked.json")));
    }

    /** The first value of an option. */
    static String field(JsonNode asked, int number) {
        return asked.path(Integer.toString(number)).path(0).asText("none");
    }
}
