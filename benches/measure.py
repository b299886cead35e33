"""Runs programs in turns, and says what they took: wall, processor and memory, as medians over rounds."""

import json
import os
import platform
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Callable, NamedTuple


class Took(NamedTuple):
    """One run: seconds by the clock, seconds of user and system together, and the peak of memory in MiB."""

    wall: float
    processor: float
    memory: float = 0.0


def run(command: list, threads: int = 0, expected: int = 0) -> Took:
    """Runs a program once. Memory is never below that of this script, which it is started from (about 18 MiB)."""
    environment = dict(os.environ)
    if threads:
        environment["RAYON_NUM_THREADS"] = str(threads)
    with tempfile.TemporaryFile() as told:
        begin = time.perf_counter()
        child = subprocess.Popen(
            [str(word) for word in command],
            env=environment,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=told,
        )
        _, status, usage = os.wait4(child.pid, 0)
        wall = time.perf_counter() - begin
        child.returncode = os.waitstatus_to_exitcode(status)
        if child.returncode != expected:
            told.seek(0)
            raise RuntimeError(f"{command} ended with {child.returncode}: {told.read(2000).decode(errors='replace')}")
    # Linux counts in KiB, macOS in bytes.
    unit = 1024 if sys.platform == "linux" else 1024 * 1024
    return Took(wall, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / unit)


def answer(command: list) -> dict:
    """What a program prints as one line of JSON at its end."""
    ran = subprocess.run([str(word) for word in command], check=True, stdout=subprocess.PIPE)
    return json.loads(ran.stdout.decode().splitlines()[-1])


class Rounds:
    """Contestants that run one after the other, round after round, so that what disturbs one disturbs all."""

    def __init__(self, contestants: dict[str, Callable[[], Took]], rounds: int, what: str):
        self.took: dict[str, list[Took]] = {name: [] for name in contestants}
        for number in range(rounds + 1):
            if rounds < 10 or number % 10 == 0:
                note(f"{what}: round {number} of {rounds}" + (" (not counted)" if number == 0 else ""))
            order = list(contestants) if number % 2 == 0 else list(reversed(contestants))
            for name in order:
                took = contestants[name]()
                # The first round warms caches, and builds what a later run finds built.
                if number > 0:
                    self.took[name].append(took)

    def median(self, name: str) -> Took:
        return Took(*(statistics.median(values) for values in zip(*self.took[name])))

    def ratio(self, name: str, base: str, of: str = "wall") -> float:
        """The median of the ratios of each round."""
        pairs = zip(self.took[name], self.took[base])
        return statistics.median(getattr(one, of) / max(getattr(other, of), 1e-9) for one, other in pairs)


class Table:
    """Rows of Markdown, with what was to be reached."""

    HEADS = ["work", "wall, s", "CPU, s", "memory, MiB", "compared", "ratio", "goal", ""]

    def __init__(self):
        print("| " + " | ".join(self.HEADS) + " |")
        print("|---|--:|--:|--:|---|--:|--:|---|", flush=True)

    def row(self, work: str, took: Took | None = None, compared: str = "", value: str = "", goal: str = "", met: bool | None = None):
        reached = {True: "reached", False: "**not reached**", None: ""}[met]
        cells = [work, "", "", "", compared, value, goal, reached]
        if took:
            cells[1:3] = [seconds(took.wall), seconds(took.processor)]
            cells[3] = f"{took.memory:.0f}" if took.memory else ""
        print("| " + " | ".join(cells) + " |", flush=True)

    def at_most(self, work: str, took: Took | None, compared: str, value: float, goal: float, unit: str = "×"):
        self.row(work, took, compared, f"{value:.3g} {unit}", f"≤ {goal:g} {unit}", value <= goal)

    def at_least(self, work: str, took: Took | None, compared: str, value: float, goal: float, unit: str = "×"):
        self.row(work, took, compared, f"{value:.3g} {unit}", f"≥ {goal:g} {unit}", value >= goal)


def seconds(value: float) -> str:
    return f"{value:.2f}" if value >= 1 else f"{value:.4f}"


def note(text: str):
    print(text, file=sys.stderr, flush=True)


def machine(root: Path) -> str:
    """What a figure depends on, as a list."""
    cpu, flags = platform.processor() or platform.machine(), []
    if (info := Path("/proc/cpuinfo")).exists():
        lines = [line.split(":", 1) for line in info.read_text().splitlines() if ":" in line]
        known = {key.strip(): value.strip() for key, value in lines}
        cpu = known.get("model name", cpu)
        flags = [flag for flag in ("avx2", "avx512ifma") if flag in known.get("flags", "").split()]

    def told(*command: str) -> str:
        return subprocess.run(command, cwd=root, stdout=subprocess.PIPE, check=True).stdout.decode().strip()

    changed = ", with changes that are not committed" if told("git", "status", "--porcelain", "--untracked-files=no") else ""
    load = ", ".join(f"{one:.1f}" for one in os.getloadavg())
    return "\n".join(
        [
            f"- processor: {cpu}, {os.cpu_count()} cores ({', '.join(flags) or 'no vectors that matter'}); load at the begin {load}",
            f"- system: {platform.system()} {platform.release()}; {told('rustc', '-V')}; {told('git', '--version')}; Python {platform.python_version()}",
            f"- program: commit {told('git', 'rev-parse', 'HEAD')}{changed}",
        ]
    )
