"""Programs that verify one signature a run, in a loop over a sample: `ssh-keygen -Y verify`, `openssl pkeyutl`, minisign.

Everything that they read is written before the time is taken. They verify the signature over the text and nothing
else: no YAML, no schema, no comparison of the text with the record or of records with each other.
"""

import base64
import os
import shutil
import subprocess
import time
from pathlib import Path
from typing import Iterator, NamedTuple


class Signed(NamedTuple):
    """A statement with its signature, as it lies in a record of canonical layout."""

    id: str
    text: str
    key: str
    signature: str


def signed(folder: Path) -> Iterator[Signed]:
    """Every statement of a flat registry's HEAD, in order of path."""
    listed = subprocess.run(
        ["git", "-C", folder, "ls-tree", "-r", "HEAD", "registry/signatories"], check=True, stdout=subprocess.PIPE
    )
    names = [line.split()[2] for line in listed.stdout.decode().splitlines()]
    batch = subprocess.run(
        ["git", "-C", folder, "cat-file", "--batch"], input="\n".join(names).encode(), check=True, stdout=subprocess.PIPE
    ).stdout
    at = 0
    while at < len(batch):
        head = batch.index(b"\n", at)
        size = int(batch[at:head].split()[2])
        yield of_record(batch[head + 1 : head + 1 + size].decode())
        at = head + size + 2


def of_record(record: str) -> Signed:
    text, signature = record.split("  - text: |\n")[1].split("    signature: ")
    text, signature = text.replace("\n      ", "\n")[6:], signature.removeprefix("|").replace("\n      ", "\n").strip()
    lines = dict(line.split(": ", 1) for line in text.splitlines()[1:])
    return Signed(lines["signatory"], text, lines["key"], signature)


def sample(everybody: list, count: int) -> list:
    """So many, evenly from all."""
    step = max(1, len(everybody) // count)
    return everybody[::step][:count]


class Loop:
    """A peer's runs over a sample, each with its own files."""

    def __init__(self, name: str):
        self.name = name
        self.runs: list[tuple[list, Path | None]] = []

    def __call__(self) -> tuple[float, float]:
        """Seconds by the clock and of the processor, a signature."""
        begin, processor = time.perf_counter(), 0.0
        for command, text in self.runs:
            with open(text or os.devnull, "rb") as file:
                child = subprocess.Popen(command, stdin=file, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
                _, status, usage = os.wait4(child.pid, 0)
                child.returncode = os.waitstatus_to_exitcode(status)
            if child.returncode != 0:
                raise RuntimeError(f"{command} refuses a signature that holds")
            processor += usage.ru_utime + usage.ru_stime
        count = len(self.runs)
        return (time.perf_counter() - begin) / count, processor / count


def ssh_keygen(everybody: list[Signed], folder: Path, count: int) -> Loop:
    loop = Loop("`ssh-keygen -Y verify`")
    for one in sample([one for one in everybody if one.signature.startswith("-----")], count):
        stem = folder / one.id
        stem.with_suffix(".txt").write_text(one.text)
        stem.with_suffix(".sig").write_text(one.signature + "\n")
        stem.with_suffix(".allowed").write_text(f'{one.id} namespaces="undersigned" {one.key}\n')
        command = ["ssh-keygen", "-Y", "verify", "-n", "undersigned", "-I", one.id]
        command += ["-f", stem.with_suffix(".allowed"), "-s", stem.with_suffix(".sig")]
        loop.runs.append((command, stem.with_suffix(".txt")))
    return loop


def openssl(everybody: list[Signed], folder: Path, count: int) -> Loop:
    loop = Loop("`openssl pkeyutl -verify`")
    for one in sample([one for one in everybody if one.signature.startswith("ed25519:")], count):
        stem = folder / one.id
        point = base64.b64decode(one.key.split()[1])[-32:]
        # SubjectPublicKeyInfo of Ed25519 (RFC 8410).
        der = base64.b64encode(bytes.fromhex("302a300506032b6570032100") + point).decode()
        stem.with_suffix(".pem").write_text(f"-----BEGIN PUBLIC KEY-----\n{der}\n-----END PUBLIC KEY-----\n")
        stem.with_suffix(".txt").write_text(one.text)
        stem.with_suffix(".raw").write_bytes(base64.b64decode(one.signature.removeprefix("ed25519:")))
        command = ["openssl", "pkeyutl", "-verify", "-rawin", "-pubin", "-inkey", stem.with_suffix(".pem")]
        command += ["-in", stem.with_suffix(".txt"), "-sigfile", stem.with_suffix(".raw")]
        loop.runs.append((command, None))
    return loop


def minisign(everybody: list[Signed], folder: Path, count: int) -> Loop:
    """The same texts, signed anew by a key of minisign's own, since it reads no other signatures."""
    loop = Loop("`minisign -V`")
    secret, public = folder / "minisign.key", folder / "minisign.pub"
    quiet = {"check": True, "stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL, "stdin": subprocess.DEVNULL}
    subprocess.run(["minisign", "-G", "-W", "-f", "-p", public, "-s", secret], **quiet)
    for one in sample(everybody, count):
        text = folder / f"{one.id}.txt"
        text.write_text(one.text)
        subprocess.run(["minisign", "-S", "-s", secret, "-m", text], **quiet)
        loop.runs.append((["minisign", "-V", "-q", "-p", public, "-m", text], None))
    return loop


def present(everybody: list[Signed], folder: Path, count: int) -> tuple[list[Loop], list[str]]:
    """The loops of the programs that are there, and the names of those that are not."""
    loops, missing = [], []
    for program, make in (("ssh-keygen", ssh_keygen), ("openssl", openssl), ("minisign", minisign)):
        place = folder / program
        shutil.rmtree(place, ignore_errors=True)
        place.mkdir(parents=True)
        if shutil.which(program) is None:
            missing.append(program)
        else:
            loops.append(make(everybody, place, count))
    return loops, missing
