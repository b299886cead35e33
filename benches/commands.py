#!/usr/bin/env python3
"""Measures the program's commands beside what they are held against, and prints a table in Markdown.

    python3 benches/commands.py [RECORDS] [FOLDER] [--rounds N] [--only PART] [--from-nothing]

RECORDS are 100000 where nothing is said. FOLDER (usual: target/commands) holds the registries, which are the same
each time and are kept, and the program as it was built. All that is compared runs in one go, in turns, round after
round; figures are medians of rounds, ratios the medians of the ratios within a round. Standard error says where it is.
`--only` takes `verify`, `history`, `small` or `peers`, and may stand several times. `--from-nothing` also builds the
program without anything built before, which takes minutes. docs/performance.md says what the figures mean.
"""

import argparse
import json
import os
import shutil
import statistics
import subprocess
import sys
import time
from pathlib import Path

sys.dont_write_bytecode = True
sys.path.insert(0, str(Path(__file__).parent))
from measure import Rounds, Table, Took, answer, machine, note, run  # noqa: E402
from peers import loops  # noqa: E402

ROOT = Path(__file__).resolve().parent.parent
SMALL, GROWN_FROM, SAMPLE = 6_876, 10_000, 300


def cargo(*arguments: str) -> dict[str, Path]:
    """Builds, and says where each program lies."""
    note("cargo " + " ".join(arguments))
    command = ["cargo", *arguments, "--locked", "--message-format=json-render-diagnostics"]
    ran = subprocess.run(command, cwd=ROOT, check=True, stdout=subprocess.PIPE)
    told = [json.loads(line) for line in ran.stdout.splitlines() if line.startswith(b"{")]
    return {one["target"]["name"]: Path(one["executable"]) for one in told if one.get("executable")}


class Place:
    """The folder of a run: programs as they were built, and registries."""

    def __init__(self, folder: Path):
        self.folder = folder
        folder.mkdir(parents=True, exist_ok=True)
        # The benchmarks first: they build the program with the features of the tests, too.
        built = cargo("bench", "--no-run", "--bench", "generate", "--bench", "floor")
        built |= cargo("build", "--release")
        for name in ("generate", "floor", "undersigned"):
            shutil.copy2(built[name], folder / name)
        self.program, self.floor = folder / "undersigned", folder / "floor"

    def registry(self, records: int, *words: str) -> Path:
        """A registry, made where it is not there yet."""
        path = self.folder / "-".join(["registry", str(records), *words])
        # A generator that changed makes others.
        sources = ["benches/registry.rs", "tests/pen.rs", "tests/ground.rs"]
        mark = path / ".git" / "generated-by"
        maker = subprocess.run(["git", "hash-object", *sources], cwd=ROOT, check=True, stdout=subprocess.PIPE).stdout
        if not mark.exists() or mark.read_bytes() != maker:
            note(f"{records} records: {' '.join(words) or 'flat'}")
            shutil.rmtree(path, ignore_errors=True)
            subprocess.run([self.folder / "generate", path, str(records), *words], check=True)
            mark.write_bytes(maker)
        return path

    def command(self, registry: Path, *arguments, threads: int = 0):
        return lambda: run([self.program, "-C", registry, *arguments], threads)

    def verify(self, registry: Path, threads: int = 0):
        return self.command(registry, "verify", "--at", "HEAD", threads=threads)

    def signatures(self, registry: Path) -> Path:
        """The signatures of a registry for the floor."""
        path = self.folder / f"{registry.name}.signatures"
        told = answer([self.floor, "extract", registry, "HEAD", path])
        note(f"{told['extracted']} signatures for the floor")
        return path


def under_verify(place: Place, table: Table, records: int, rounds: int):
    """Verifying against the floor, on one and two threads, and how it grows."""
    flat = place.registry(records)
    registries = {"flat": flat, "sharded": place.registry(records, "sharded", "1000", "added")}
    registries["another layout"] = place.registry(records, "another")
    signatures = place.signatures(flat)

    def floor(threads: int):
        def once() -> Took:
            told = answer([place.floor, "verify", signatures, threads])
            return Took(told["wall"], told["cpu"])

        return once

    contestants = {f"floor {threads}": floor(threads) for threads in (1, 2)}
    for name, registry in registries.items():
        contestants |= {f"{name} {threads}": place.verify(registry, threads) for threads in (1, 2)}
    if records != GROWN_FROM:
        contestants["small 1"] = place.verify(place.registry(GROWN_FROM), 1)
    told = Rounds(contestants, rounds, "verify")
    for threads in (1, 2):
        word = "thread" if threads == 1 else "threads"
        table.row(f"floor: `verify_strict` alone, {threads} {word}", told.median(f"floor {threads}"))
        for name in registries:
            goal = 1.75 if name == "another layout" else 1.35
            one, base = f"{name} {threads}", f"floor {threads}"
            table.at_most(f"`verify --at HEAD`, {name}, {threads} {word}", told.median(one), "wall to floor's", told.ratio(one, base), goal)
    table.row("floor", None, "wall on 1 thread to 2", f"{told.ratio('floor 1', 'floor 2'):.3g} ×")
    for name in registries:
        table.at_least(f"`verify --at HEAD`, {name}", None, "wall on 1 thread to 2", told.ratio(f"{name} 1", f"{name} 2"), 1.8)
    if records != GROWN_FROM:
        growth = told.ratio("flat 1", "small 1", "processor") * GROWN_FROM / records
        table.row(f"`verify --at HEAD`, {GROWN_FROM:,} records, flat, 1 thread", told.median("small 1"))
        table.at_most(f"from {GROWN_FROM:,} to {records:,} records, flat, 1 thread", None, "CPU a record", growth, 1.15)
    most = max(took.memory for name in registries for threads in (1, 2) for took in told.took[f"{name} {threads}"])
    table.at_most(f"`verify --at HEAD`, {records:,} records", None, "memory at most", most, 128, "MiB")


def under_history(place: Place, table: Table, records: int, rounds: int):
    """What looks at changes, and what publishes, beside one verify."""
    registry, out = place.registry(records, "sharded", "1000", "added"), place.folder / "compiled"

    def compiled() -> Took:
        shutil.rmtree(out, ignore_errors=True)
        return run([place.program, "-C", registry, "compile", "--at", "HEAD", "--only", "json,csv,markdown,text", "--output", out])

    fresh, cache = place.folder / "clone", place.folder / "cache"

    def first() -> Took:
        # The index of a clone that lay here before is known by the same path.
        shutil.rmtree(fresh, ignore_errors=True)
        shutil.rmtree(cache, ignore_errors=True)
        subprocess.run(["git", "clone", "--quiet", "--mirror", registry, fresh], check=True)
        return run(["env", f"XDG_CACHE_HOME={cache}", place.program, "-C", fresh, "review", "main..added"])

    contestants = {
        "verify": place.verify(registry),
        "first": first,
        "audit": place.command(registry, "audit"),
        "compile": compiled,
        "review": place.command(registry, "review", "main..added"),
    }
    told = Rounds(contestants, rounds, "history")
    table.row("`verify --at HEAD`, sharded, as many threads as there are", told.median("verify"))
    table.at_most("`audit`, 1,000 commits that add one each", told.median("audit"), "wall to `verify`", told.ratio("audit", "verify"), 1.5)
    table.at_most("`compile` without the site", told.median("compile"), "wall to `verify`", told.ratio("compile", "verify"), 1.5)
    table.row("`review` of one added record, the first in a clone", told.median("first"))
    runs = zip(told.took["first"], told.took["review"], told.took["verify"])
    more = statistics.median((first.wall - later.wall) / verify.wall for first, later, verify in runs)
    table.at_most("what the first takes more than a later one", None, "wall to `verify`", more, 0.5)
    review, goal = told.median("review"), 50 if records <= 100_000 else 80
    table.at_most("`review` of one added record, a later one", review, "CPU", review.processor * 1000, goal, "ms")
    table.at_most("`review` of one added record, a later one", None, "memory", review.memory, 64, "MiB")


def under_small(place: Place, table: Table, from_nothing: bool):
    """Small things: a work tree, the start, the program itself."""
    tree = place.registry(SMALL, "listed")
    subprocess.run(["git", "-C", tree, "reset", "-q", "--hard"], check=True)
    one = next((tree / "registry/signatories").iterdir())
    contestants = {
        "validate": place.command(tree, "validate"),
        "version": lambda: run([place.program, "--version"]),
        "one": lambda: run([place.program, "validate", one]),
    }
    told = Rounds(contestants, 21, "small")
    tree_took = told.median("validate")
    table.at_most(f"`validate`, {SMALL:,} records listed, in the work tree", tree_took, "CPU", tree_took.processor, 0.3, "s")
    for name, work in (("version", "`--version`"), ("one", "`validate` of one file")):
        took = told.median(name)
        table.at_most(work, took, "wall", took.wall * 1000, 20, "ms")
    table.at_most("the program", None, "size", place.program.stat().st_size / 1e6, 25, "MB")
    if from_nothing:
        target = place.folder / "from-nothing"
        shutil.rmtree(target, ignore_errors=True)
        subprocess.run(["cargo", "fetch", "--locked"], cwd=ROOT, check=True)
        begin = time.perf_counter()
        subprocess.run(["cargo", "build", "--release", "--locked", "--target-dir", target], cwd=ROOT, check=True)
        table.at_most("release build from nothing", None, "wall", (time.perf_counter() - begin) / 60, 6, "minutes")
        shutil.rmtree(target, ignore_errors=True)


def python_for_peers(folder: Path) -> tuple[Path | None, str]:
    """A Python with what the peer imports, or why there is none."""
    python = folder / "venv/bin/python"
    wanted = ROOT / "benches/peers/requirements.txt"
    try:
        if not python.exists():
            subprocess.run([sys.executable, "-m", "venv", folder / "venv"], check=True, stdout=sys.stderr)
        command = [python, "-m", "pip", "install", "--quiet", "--disable-pip-version-check", "-r", wanted]
        subprocess.run(command, check=True, stdout=sys.stderr)
    except (OSError, subprocess.CalledProcessError) as error:
        return None, f"a Python with {wanted.name} could not be made: {error}"
    return python, ""


def under_peers(place: Place, table: Table, rounds: int):
    """Other programs on the same registry of 10,000, one thread: CPU seconds a record."""
    registry = place.registry(GROWN_FROM)
    everybody = list(loops.signed(registry))
    found, absent = loops.present(everybody, place.folder / "peers", SAMPLE)
    missing = [f"{name}: not installed" for name in absent] + ["cargo-crev: reads proofs of its own, and no registry"]
    contestants = {"own": place.verify(registry, 1)}
    # A loop's figures are those of one signature.
    for loop in found:
        contestants[loop.name] = lambda loop=loop: Took(*(GROWN_FROM * one for one in loop()))
    goals = {"`ssh-keygen -Y verify`": 75, "`openssl pkeyutl -verify`": 50, "`minisign -V`": 15}
    python, why = python_for_peers(place.folder)
    if python is None:
        missing.append(why)
    else:
        script, schema = ROOT / "benches/peers/python.py", ROOT / "schemas/signatory.schema.json"
        for parser, name in (("c", "Python: pygit2, PyYAML in C, jsonschema-rs, cryptography"), ("pure", "the same with PyYAML in Python")):
            contestants[name] = lambda parser=parser: run([python, script, registry, "HEAD", schema, parser])
            goals |= {name: 3.5} if parser == "c" else {}
    told = Rounds(contestants, rounds, "peers")
    table.row(f"`verify --at HEAD`, {GROWN_FROM:,} records, 1 thread", told.median("own"))
    for name in list(contestants)[1:]:
        scaled = name in [loop.name for loop in found]
        work = f"{name}, {SAMPLE} signatures, times {GROWN_FROM / SAMPLE:.1f}" if scaled else name
        ratio = told.ratio(name, "own", "processor")
        if name in goals:
            table.at_least(work, told.median(name), "CPU to `verify`'s", ratio, goals[name])
        else:
            table.row(work, told.median(name), "CPU to `verify`'s", f"{ratio:.3g} ×")
    return missing


def main():
    words = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    words.add_argument("records", nargs="?", type=int, default=100_000)
    words.add_argument("folder", nargs="?", type=Path, default=ROOT / "target/commands")
    words.add_argument("--rounds", type=int, default=5)
    words.add_argument("--only", action="append", choices=["verify", "history", "small", "peers"])
    words.add_argument("--from-nothing", action="store_true")
    asked = words.parse_args()
    if asked.records < 1_000:
        words.error("at least 1000 records, whose last 1000 come one a commit")
    parts = asked.only or ["verify", "history", "small", "peers"]
    place = Place(asked.folder.resolve())
    print(machine(ROOT))
    print(f"- measured: {asked.records:,} records, {asked.rounds} rounds, {', '.join(parts)}\n")
    table, missing = Table(), []
    if "verify" in parts:
        under_verify(place, table, asked.records, asked.rounds)
    if "history" in parts:
        under_history(place, table, asked.records, asked.rounds)
    if "small" in parts:
        under_small(place, table, asked.from_nothing)
    if "peers" in parts:
        missing = under_peers(place, table, asked.rounds)
    for one in missing:
        print(f"\nNot measured: {one}.")
    print(f"\nLoad at the end: {os.getloadavg()[0]:.1f}.")


if __name__ == "__main__":
    main()
