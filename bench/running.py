"""Containers that run at once: what the next one costs in time and memory, and that all of them end and nothing of them is left."""

import json
import os
import subprocess
import sys
import time

CALLERS = 8
SECONDS_TO_END = 30


class Running:
    """Measures one runtime; load is the program of load.c, add takes a case, a runtime's name and nanoseconds, keep a case, a name and a number."""

    def __init__(self, load, add, keep):
        self.load = load
        self.add = add
        self.keep = keep

    def measure(self, runtime, bundle, counts):
        """Starts as many as each count says, the next batch beside those before, and removes all of them."""
        batches = []
        try:
            for count in counts:
                batch = (count - sum(size for _, size in batches), f"run{count}x@")
                batches.append((batch[1], batch[0]))
                print(f"{count} running: {runtime.name}", file=sys.stderr)
                taken = self.each(runtime, batch[0], "run", "--detach", "--bundle", bundle, batch[1])
                self.add(f"run until {count:,} run (ms a container)", runtime.name, taken / batch[0])
                pids = self.pids(runtime, count)
                self.keep(f"memory of a running container, of {count:,} (KB)", runtime.name, sum(map(share, pids)) / count)
            pids = self.pids(runtime, max(counts))
        finally:
            taken = sum(self.each(runtime, size, "delete", "--force", name) for name, size in batches)
        self.add(f"kill and delete {max(counts):,} (ms a container)", runtime.name, taken / max(counts))
        self.all_ended(runtime, pids)

    def each(self, runtime, count, *words):
        start = time.monotonic()
        command = [self.load, str(CALLERS), str(count), *runtime.command(*words, cgroups=False)]
        done = subprocess.run(
            command, env={**os.environ, **runtime.environment}, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True, check=False
        )
        if done.returncode != 0:
            raise RuntimeError(f"{words[0]}: {done.stderr.strip()[-300:]}")
        return (time.monotonic() - start) * 1e9

    def pids(self, runtime, count):
        """Of those that run; all of them have to."""
        listed = subprocess.run(
            runtime.command("list", "--format", "json"), env={**os.environ, **runtime.environment}, capture_output=True, text=True, check=True
        )
        pids = [c["pid"] for c in json.loads(listed.stdout or "[]") or [] if c["status"] == "running"]
        if len(pids) != count:
            raise RuntimeError(f"{len(pids)} of {count} run")
        return pids

    def all_ended(self, runtime, pids):
        end = time.monotonic() + SECONDS_TO_END
        while any(is_alive(pid) for pid in pids) and time.monotonic() < end:
            time.sleep(0.1)
        left = [pid for pid in pids if is_alive(pid)]
        listed = subprocess.run(runtime.command("list", "-q"), env={**os.environ, **runtime.environment}, capture_output=True, text=True, check=True).stdout
        if left or listed.strip():
            raise RuntimeError(f"left behind: processes {left[:5]}, containers {listed.split()[:5]}")


def share(pid):
    """The proportional share of a process, in KB."""
    with open(f"/proc/{pid}/smaps_rollup", encoding="ascii") as file:
        return next(int(line.split()[1]) for line in file if line.startswith("Pss:"))


def is_alive(pid):
    """Not when only who started it has still to be told."""
    try:
        with open(f"/proc/{pid}/stat", encoding="ascii") as file:
            return file.read().rsplit(")", 1)[1].split()[0] not in "ZX"
    except OSError:
        return False
