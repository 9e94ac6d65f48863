"""What is compared: how each runtime is called. A command is a list of words; @ becomes the number of the run."""

import os
import shutil
import subprocess


class Runtime:
    """One that has the command line of runc."""

    def __init__(self, name, words, no_cgroups=None, environment=None):
        self.name = name
        self.words = words
        self.no_cgroups = no_cgroups
        self.environment = environment or {}

    def command(self, *words, cgroups=True):
        options = [] if cgroups or self.no_cgroups is None else self.no_cgroups
        return self.words + options + list(words)

    def run(self, bundle, cgroups=True):
        return self.command("run", "--bundle", bundle, "r@", cgroups=cgroups)

    def call(self, *words, cgroups=True, check=True):
        return subprocess.run(
            self.command(*words, cgroups=cgroups),
            env={**os.environ, **self.environment},
            check=check,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )


class Floor:
    """The system calls alone: it has no other command than run, and knows two bundles."""

    environment = {}

    def __init__(self, program, rootfs):
        self.name = "floor"
        self.program = program
        self.rootfs = rootfs

    def run(self, bundle, cgroups=True):
        flags = ["-u"] if os.path.basename(bundle) == "user" else []
        return [self.program, *flags, self.rootfs, "/bin/true"]


class Bubblewrap:
    """Not an OCI runtime: the nearest that its flags come to."""

    environment = {}
    name = "bwrap"

    def __init__(self, rootfs):
        self.rootfs = rootfs

    def run(self, bundle, cgroups=True):
        flags = ["--unshare-user", "--uid", "0", "--gid", "0"] if os.path.basename(bundle) == "user" else []
        return ["bwrap", *flags, "--unshare-pid", "--unshare-net", "--unshare-ipc", "--unshare-uts", "--hostname", "bench", "--ro-bind",
                self.rootfs, "/", "--proc", "/proc", "--dev", "/dev", "/bin/true"]


class Library:
    """A JVM that stays and starts a container for each line that it reads."""

    name = "library"

    def __init__(self, java, jar, classes, state):
        self.process = subprocess.Popen(
            [java, "--enable-native-access=ALL-UNNAMED", "-cp", f"{classes}:{jar}", "LibraryRuns", state],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )

    def time(self, bundle):
        self.process.stdin.write(bundle + "\n")
        self.process.stdin.flush()
        time = int(self.process.stdout.readline())
        if time < 0:
            raise RuntimeError(f"the library could not run {bundle}")
        return time

    def close(self):
        self.process.stdin.close()
        self.process.wait()


def peers(state):
    """runc and crun where they are installed."""
    found = []
    if shutil.which("runc"):
        found.append(Runtime("runc", ["runc", "--root", f"{state}/runc"]))
    if shutil.which("crun"):
        found.append(Runtime("crun", ["crun", "--root", f"{state}/crun"], ["--cgroup-manager=disabled"]))
    return found


def confine(distribution, state, name, engine):
    words = [f"{distribution}/bin/confine", "--root", f"{state}/confine"]
    return Runtime(name, words, ["--cgroup-manager=disabled"], {"CONFINE_ENGINE": engine})
