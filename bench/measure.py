#!/usr/bin/env python3
"""
Measures confine against runc, crun and bubblewrap: in one run, in turn, with the same bundles. Called by bench/run, which has built what this needs and has given it a mount
namespace of its own. Times are those of whole processes, from fork to the end that its parent sees.
"""

import argparse
import json
import os
import pwd
import subprocess
import sys
import time

import bundles
import running
import runtimes


class Bench:
    def __init__(self, options):
        self.options = options
        self.work = options.work
        self.load = f"{self.work}/load"
        self.results = {}
        self.notes = []
        self.number = 0
        self.bundles = bundles.Bundles(f"{self.work}/bundles")
        rootfs = f"{self.work}/bundles/rootfs"
        state = f"{self.work}/state"
        self.cold = runtimes.confine(options.distribution, state, "confine cold", "off")
        self.warm = runtimes.confine(options.distribution, state, "confine warm", "require") if options.engine else None
        self.oci = [r for r in (self.cold, self.warm, *runtimes.peers(state)) if r]
        self.floor = runtimes.Floor(f"{self.work}/floor", rootfs)
        self.bwrap = runtimes.Bubblewrap(rootfs) if options.bwrap else None
        self.library = runtimes.Library(options.java, options.jar, self.work, f"{state}/library")

    def note(self, text):
        self.notes.append(text)
        print(f"  note: {text}", file=sys.stderr)

    def add(self, case, name, nanoseconds):
        self.results.setdefault(case, {}).setdefault(name, []).append(nanoseconds / 1e6)

    def load_of(self, command, callers=1, runs=1, environment=None):
        """The nanoseconds of each run, then those of the whole; None if one failed."""
        self.number += 1
        words = [word.replace("@", f"@-{self.number}") for word in command]
        done = subprocess.run(
            [self.load, str(callers), str(runs), *words],
            env={**os.environ, **(environment or {})},
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            check=False,
        )
        if done.returncode != 0:
            return None, done.stderr.strip()[-300:]
        lines = done.stdout.split("\n")
        return [int(line) for line in lines if line.isdigit()], int(lines[-2].split()[1])

    def in_turn(self, case, candidates, rounds):
        """candidates: pairs of a name and a function that gives nanoseconds. One that fails in the first round is left out, and said."""
        print(f"{case}: {', '.join(name for name, _ in candidates)}", file=sys.stderr)
        able = []
        for name, measure in candidates:
            try:
                measure()
                able.append((name, measure))
            except RuntimeError as failure:
                self.note(f"{case}: {name}: {failure}")
        for _ in range(rounds):
            for name, measure in able:
                self.add(case, name, measure())

    def process(self, command, environment):
        def measure():
            times, whole = self.load_of(command, environment=environment)
            if times is None:
                raise RuntimeError(whole or "it failed")
            return times[0]

        return measure

    # ---- cases

    def runs(self):
        plain = bundles.plain()
        cases = {
            "plain": (plain, False),
            "user": (bundles.mapped(plain), False),
            "limits": (bundles.limited(plain), True),
            "seccomp": (bundles.filtered(plain), False),
            "seccomp and limits": (bundles.filtered(bundles.limited(plain)), True),
            "60 mounts": (bundles.mounts(plain, 60), False),
        }
        for name, (config, cgroups) in cases.items():
            if config is None:
                self.note(f"run, {name}: {bundles.SECCOMP} is not installed")
                continue
            bundle = self.bundles.write(name.replace(" ", "-"), config)
            candidates = [(r.name, self.process(r.run(bundle, cgroups), r.environment)) for r in self.oci]
            if name in ("plain", "user"):
                for other in (self.floor, self.bwrap):
                    if other:
                        candidates.append((other.name, self.process(other.run(bundle), {})))
            if not cgroups:
                candidates.append(("library", lambda bundle=bundle: self.library.time(bundle)))
            self.warm_up(bundle, cgroups)
            self.in_turn(f"run, {name}", candidates, self.options.rounds)

    def first_runs(self):
        """The bundle of "user", which nobody has run before: an engine and a library know nothing of it."""
        config = bundles.mapped(bundles.plain())
        bundle = self.bundles.write("first", config)

        def anew(measure):
            def measured():
                self.number += 1
                self.bundles.write("first", {**config, "hostname": f"bench-{self.number}"})
                return measure()

            return measured

        candidates = [(r.name, anew(self.process(r.run(bundle, False), r.environment))) for r in self.oci]
        candidates.append((self.floor.name, self.process(self.floor.run(f"{self.bundles.directory}/user"), {})))
        candidates.append(("library", anew(lambda: self.library.time(bundle))))
        self.in_turn("run, user, a configuration never run before", candidates, self.options.rounds)

    def warm_up(self, bundle, cgroups):
        for _ in range(0 if cgroups else self.options.warm_up):
            self.library.time(bundle)
        if self.warm:
            self.load_of(self.warm.run(bundle, cgroups), 1, self.options.warm_up, self.warm.environment)

    def rootless(self):
        user = self.options.user
        if not user:
            self.note("run, rootless: no user with subordinate ids; name one with --user")
            return
        account = pwd.getpwnam(user)
        first, size = next(
            tuple(map(int, line.split(":")[1:])) for line in open("/etc/subuid", encoding="utf-8") if line.split(":")[0] == user
        )
        config = bundles.rootless(bundles.plain(), account.pw_uid, account.pw_gid, first, size)
        bundle = self.bundles.write("rootless", config)
        home = f"{self.work}/state/home"
        os.mkdir(home)
        os.chown(home, account.pw_uid, account.pw_gid)
        enter = ["setpriv", f"--reuid={account.pw_uid}", f"--regid={account.pw_gid}", "--init-groups", "--"]
        environment = {"XDG_RUNTIME_DIR": home, "HOME": home, "CONFINE_ENGINE": "off"}
        candidates = []
        for runtime in self.oci:
            if runtime is not self.warm:
                words = enter + [w if not w.startswith(f"{self.work}/state") else f"{home}/{runtime.name.split()[0]}" for w in runtime.words]
                own = runtimes.Runtime(runtime.name, words, runtime.no_cgroups)
                candidates.append((runtime.name, self.process(own.run(bundle, False), environment)))
        self.in_turn("run, rootless", candidates, self.options.rounds)

    def steps(self):
        """create, start, state, exec, kill and delete of one container; a round has all of them."""
        bundle = self.bundles.write("steps", bundles.plain(("/bin/sleep", "1000")))
        short = self.bundles.write("short", bundles.plain())
        candidates = []
        for runtime in self.oci:
            candidates.append((runtime.name, self.lifecycle(runtime, short)))
        self.in_turn("create, start, delete", candidates, self.options.rounds)
        for runtime in self.oci:
            runtime.call("create", "--bundle", bundle, "held", cgroups=False)
            runtime.call("start", "held", cgroups=False)
            if runtime is self.cold and self.warm:
                runtime.call("delete", "--force", "held", cgroups=False)
        for case, words in {"state": ["state", "held"], "exec": ["exec", "held", "/bin/true"], "kill": ["kill", "held", "0"]}.items():

            self.in_turn(case, [(r.name, self.process(r.command(*words, cgroups=False), r.environment)) for r in self.oci], self.options.rounds)
        for runtime in self.oci:
            runtime.call("delete", "--force", "held", cgroups=False, check=False)

    def lifecycle(self, runtime, bundle):
        def measure():
            self.number += 1
            name = f"c{self.number}"
            total = 0
            for words in (["create", "--bundle", bundle, name], ["start", name], ["delete", "--force", name]):
                times, whole = self.load_of(runtime.command(*words, cgroups=False), environment=runtime.environment)
                if times is None:
                    raise RuntimeError(whole or f"{words[0]} failed")
                total += times[0]
            return total

        return measure

    def throughput(self):
        bundle = f"{self.bundles.directory}/plain"
        for callers in (1, 2, 8, 64):
            runs = max(callers, self.options.runs)
            print(f"throughput, {callers} callers", file=sys.stderr)
            for _ in range(self.options.repeats):
                for runtime in (self.floor, *self.oci):
                    times, whole = self.load_of(runtime.run(bundle, False), callers, runs, runtime.environment)
                    if times is None:
                        self.note(f"throughput, {callers} callers: {runtime.name}: {whole}")
                    else:
                        self.add(f"throughput, {callers} callers (ms a container)", runtime.name, whole / runs)

    def many(self):
        """Containers that are created and wait, as many as were asked for, then list."""
        bundle = f"{self.bundles.directory}/plain"
        runtimes_once = [r for r in self.oci if r is not self.warm]
        for runtime in runtimes_once:
            made = 0
            for count in self.options.many:
                callers = 8
                started = time.monotonic()
                times, whole = self.load_of(
                    runtime.command("create", "--bundle", bundle, f"m{count}x@", cgroups=False), callers, count - made, runtime.environment
                )
                if times is None:
                    self.note(f"{count} created: {runtime.name}: {whole}")
                    break
                self.add(f"create until there are {count} (ms a container)", runtime.name, (time.monotonic() - started) * 1e9 / (count - made))
                made = count
                self.memory(runtime, count)
        top = max(self.options.many)
        candidates = [(r.name, self.process(r.command("list", cgroups=False), r.environment)) for r in self.oci]
        self.in_turn(f"list of {top:,}", candidates, self.options.rounds)

    def memory(self, runtime, count):
        """What a container that is created holds, in KB: the proportional share of its processes."""
        listed = subprocess.run(runtime.command("list", "--format", "json"), env={**os.environ, **runtime.environment}, capture_output=True, text=True, check=True)
        pids = [c["pid"] for c in json.loads(listed.stdout or "[]") or [] if c["pid"] > 0]
        total = 0
        for pid in pids:
            with open(f"/proc/{pid}/smaps_rollup", encoding="ascii") as file:
                total += next(int(line.split()[1]) for line in file if line.startswith("Pss:"))
        self.results.setdefault(f"memory of a created container, of {count} (KB)", {})[runtime.name] = [total / max(1, len(pids))]

    def at_once(self):
        """Containers that run, as many as were asked for."""
        bundle = self.bundles.write("running", bundles.plain(("/bin/sleep", "1000")))
        measuring = running.Running(self.load, self.add, lambda case, name, value: self.results.setdefault(case, {}).update({name: [value]}))
        for runtime in self.oci:
            # with an engine, where there is one: a JVM for each of a thousand says nothing new
            if runtime is not self.cold or not self.warm:
                try:
                    measuring.measure(runtime, bundle, self.options.running)
                except RuntimeError as failure:
                    self.note(f"running at once: {runtime.name}: {failure}")

    def remove(self, runtime):
        listed = subprocess.run(runtime.command("list", "--format", "json"), env={**os.environ, **runtime.environment}, capture_output=True, text=True, check=True)
        for container in json.loads(listed.stdout or "[]") or []:
            runtime.call("delete", "--force", container["id"], cgroups=False, check=False)

    def foreground(self):
        """What a run in the foreground keeps beside the program, in KB."""
        bundle = self.bundles.write("foreground", bundles.plain(("/bin/sleep", "1000")))
        for runtime in self.oci:
            process = subprocess.Popen(
                [w.replace("@", "f") for w in runtime.run(bundle, False)],
                env={**os.environ, **runtime.environment},
                stdin=subprocess.DEVNULL,
            )
            time.sleep(1.5)
            with open(f"/proc/{process.pid}/smaps_rollup", encoding="ascii") as file:
                kept = next(int(line.split()[1]) for line in file if line.startswith("Pss:"))
            self.results.setdefault("memory of a run in the foreground (KB)", {})[runtime.name] = [kept]
            runtime.call("kill", "rf", "KILL", cgroups=False, check=False)
            process.wait(30)
            runtime.call("delete", "--force", "rf", cgroups=False, check=False)

    def all(self):
        try:
            self.runs()
            self.first_runs()
            self.rootless()
            self.steps()
            self.throughput()
            self.foreground()
            self.at_once()
            if self.options.many:
                self.many()
        finally:
            self.library.close()
            for runtime in self.oci:
                self.remove(runtime)


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--work", required=True, help="an empty directory with floor, load and LibraryRuns.class")
    parser.add_argument("--distribution", required=True)
    parser.add_argument("--jar", required=True)
    parser.add_argument("--java", required=True)
    parser.add_argument("--engine", action="store_true", help="an engine runs")
    parser.add_argument("--bwrap", action="store_true", help="bubblewrap is installed")
    parser.add_argument("--user", default="", help="whose subordinate ids a rootless run uses")
    parser.add_argument("--rounds", type=int, default=40)
    parser.add_argument("--warm-up", type=int, default=300)
    parser.add_argument("--runs", type=int, default=200, help="runs a throughput is measured over")
    parser.add_argument("--repeats", type=int, default=3)
    parser.add_argument("--many", type=lambda text: [int(n) for n in text.split(",") if n], default=[1, 100, 1000])
    parser.add_argument("--running", type=lambda text: [int(n) for n in text.split(",")], default=[1, 10, 100, 1000])
    parser.add_argument("--output", required=True)
    options = parser.parse_args()
    bench = Bench(options)
    bench.all()
    with open(options.output, "w", encoding="utf-8") as file:
        json.dump({"results": bench.results, "notes": bench.notes}, file, indent=1)


main()
