#!/usr/bin/env python3
"""Writes the table and the chart of what measure.py has measured: report.py RESULTS.json JMH.json MACHINE COMMAND TABLE.md CHART.svg"""

import json
import os
import random
import statistics
import sys

COLOURS = {
    "floor": "#9aa0a6",
    "library": "#1a73e8",
    "confine warm": "#1967d2",
    "confine cold": "#8ab4f8",
    "crun": "#e8710a",
    "runc": "#d93025",
    "bwrap": "#5f6368",
}
BUDGETS = [
    ("run, user", "confine warm", "floor", 1.5),
    ("run, user", "confine warm", "crun", 0.6),
    ("run, seccomp and limits", "confine warm", "crun", 0.6),
    ("run, seccomp and limits", "confine warm", "runc", 0.25),
    ("run, user", "library", "floor", 1.3),
    ("throughput, 8 callers (ms a container)", "confine warm", "crun", 0.5),
    ("run, plain", "confine cold", "runc", 1.5),
    ("run, rootless", "confine cold", "runc", 2.5),
    ("state", "confine warm", "crun", 0.7),
    ("list of 1,000", "confine warm", "crun", 1.0),
]


def p95(values):
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(0.95 * len(ordered)))]


def ratio(left, right):
    """The ratio of the medians, and its 95 % interval by drawing the rounds anew."""
    middle = statistics.median(left) / statistics.median(right)
    if min(len(left), len(right)) < 5:
        return middle, None
    draw = random.Random(1)
    size = min(len(left), len(right))
    drawn = []
    for _ in range(2000):
        rounds = [draw.randrange(size) for _ in range(size)]
        drawn.append(statistics.median([left[i] for i in rounds]) / statistics.median([right[i] for i in rounds]))
    drawn.sort()
    return middle, (drawn[50], drawn[1949])


def shown(left, right):
    middle, interval = ratio(left, right)
    return f"{middle:.2f}" if interval is None else f"{middle:.2f} ({interval[0]:.2f}–{interval[1]:.2f})"


def table(results):
    lines = ["| what | runtime | median | p95 | of runc | of crun | of the floor |", "|---|---|---:|---:|---:|---:|---:|"]
    for case, by_name in results.items():
        for name in sorted(by_name, key=lambda n: statistics.median(by_name[n])):
            values = by_name[name]
            unit = "" if "(" in case else " ms"
            ratios = [shown(values, by_name[o]) if o in by_name and o != name else "" for o in ("runc", "crun", "floor")]
            lines.append(
                f"| {case} | {name} | {statistics.median(values):.1f}{unit} | {p95(values):.1f}{unit} | " + " | ".join(ratios) + " |"
            )
    return "\n".join(lines)


def budgets(results):
    lines = ["| what | budget | measured | |", "|---|---|---|---|"]
    for case, name, other, most in BUDGETS:
        by_name = results.get(case, {})
        if name in by_name and other in by_name:
            middle, _ = ratio(by_name[name], by_name[other])
            verdict = "met" if middle <= most else "missed"
            lines.append(f"| {case}: {name} | ≤ {most} × {other} | {shown(by_name[name], by_name[other])} | {verdict} |")
        else:
            lines.append(f"| {case}: {name} | ≤ {most} × {other} | not measured | |")
    return "\n".join(lines)


def compiling(file):
    """The table of CompileBenchmark; empty where it did not run."""
    if not os.path.exists(file):
        return ""
    with open(file, encoding="utf-8") as source:
        runs = json.load(source)
    steps = ("read", "compile", "verify")
    rows = {}
    for run in runs:
        key = (int(run["params"]["mounts"]), int(run["params"]["mapLines"]))
        rows.setdefault(key, {})[run["benchmark"].split(".")[-1]] = run["primaryMetric"]["score"] / 1000
    lines = ["", "## Compiling, warm", "", "From config.json to a program that is proved, in ms (JMH, mean).", ""]
    lines += ["| mounts | lines of a map | read | compile | verify |", "|---:|---:|---:|---:|---:|"]
    for (mounts, map_lines), row in sorted(rows.items()):
        lines.append(f"| {mounts} | {map_lines} | " + " | ".join(f"{row[step]:.2f}" for step in steps) + " |")
    return "\n".join(lines) + "\n"


def escape(text):
    return text.replace("&", "&amp;").replace("<", "&lt;")


def chart(results):
    """Bars of medians in the order of the table, each case to its own scale, with the p95 as a tick."""
    cases = [case for case in results if not case.startswith("memory")]
    width, left, bar, gap = 900, 330, 14, 26
    scale = width - left - 110
    y = 34
    parts = []
    for case in cases:
        by_name = results[case]
        most = max(p95(values) for values in by_name.values())
        parts.append(f'<text x="16" y="{y + 11}" font-weight="bold">{escape(case)}</text>')
        y += 18
        for name in sorted(by_name, key=lambda n: statistics.median(by_name[n])):
            middle, late = statistics.median(by_name[name]), p95(by_name[name])
            length = max(1, scale * middle / most)
            tick = left + scale * late / most
            parts.append(f'<text x="{left - 8}" y="{y + 11}" text-anchor="end">{escape(name)}</text>')
            parts.append(f'<rect x="{left}" y="{y}" width="{length:.1f}" height="{bar - 2}" fill="{COLOURS.get(name, "#000")}"/>')
            parts.append(f'<line x1="{tick:.1f}" y1="{y}" x2="{tick:.1f}" y2="{y + bar - 2}" stroke="#202124"/>')
            parts.append(f'<text x="{tick + 6:.1f}" y="{y + 11}">{middle:.1f} ms</text>')
            y += bar + 3
        y += gap - bar
    head = (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="{y + 10}" font-family="sans-serif" font-size="12">'
        f'<rect width="100%" height="100%" fill="#ffffff"/>'
        f'<text x="16" y="20" font-size="14">Median (bar) and 95th percentile (tick), each case to its own scale</text>'
    )
    return head + "\n".join(parts) + "</svg>\n"


def main():
    source, jmh, machine, command, table_file, chart_file = sys.argv[1:7]
    with open(source, encoding="utf-8") as file:
        measured = json.load(file)
    results = measured["results"]
    notes = "".join(f"- {note}\n" for note in measured["notes"])
    with open(table_file, "w", encoding="utf-8") as file:
        file.write(
            f"""# Benchmarks

The last table of `bench/run`: whole processes, all runtimes in one run and in turn, with the same bundle. Only the cases with limits have cgroups, but for runc,
which always has them. States are kept on a tmpfs, as /run is one on other machines. Machines differ and are noisy, so look at the ratios; in brackets is the 95 % interval of a ratio of medians. The floor is a C program that makes the same system calls and nothing else
([bench/floor.c](bench/floor.c)).

{machine}

```sh
{command}
```

![chart](docs/benchmarks.svg)

## Budgets

{budgets(results)}

## All

{table(results)}
{compiling(jmh)}{chr(10) + "Notes:" + chr(10) + chr(10) + notes if notes else ""}"""
        )
    with open(chart_file, "w", encoding="utf-8") as file:
        file.write(chart(results))


main()
