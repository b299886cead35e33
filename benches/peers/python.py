"""What `undersigned verify` does, as nearly as a short Python program does it: `python.py FOLDER REVISION SCHEMA c|pure`.

Reads every record of a revision from Git's objects, its YAML (with the parser in C or the one in Python), judges it
by the JSON Schema, compares the statement with the record, verifies the signature, and compares records by name, key
and domain. It does not refuse YAML that other readers take otherwise, nor weak keys; it looks for equal names, not
for look-alikes, knows no action but `endorse`, and points at no line. Prints JSON: how many, and seconds.
"""

import base64
import hashlib
import json
import sys
import time
import unicodedata

import jsonschema_rs
import pygit2
import yaml
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey


def blobs(repository, tree):
    """Every record below a tree."""
    for entry in tree:
        if entry.type_str == "tree":
            yield from blobs(repository, repository[entry.id])
        elif entry.name.endswith(".yaml"):
            yield entry.name[:-5], repository[entry.id].data


def take(data):
    """A string as SSH carries it, and what follows."""
    end = 4 + int.from_bytes(data[:4], "big")
    return data[4:end], data[end:]


def put(data):
    return len(data).to_bytes(4, "big") + data


def signed_bytes(text, signature, key_blob):
    """What Ed25519 signed, and the 64 bytes."""
    if signature.startswith("ed25519:"):
        return text, base64.b64decode(signature[8:], validate=True)
    lines = signature.strip().split("\n")
    assert lines[0] == "-----BEGIN SSH SIGNATURE-----" and lines[-1] == "-----END SSH SIGNATURE-----"
    blob = base64.b64decode("".join(lines[1:-1]), validate=True)
    assert blob[:10] == b"SSHSIG\x00\x00\x00\x01"
    key, rest = take(blob[10:])
    namespace, rest = take(rest)
    reserved, rest = take(rest)
    name, rest = take(rest)
    inner, rest = take(rest)
    kind, inner = take(inner)
    bytes_, left = take(inner)
    assert (key, namespace, reserved, name, rest, left) == (key_blob, b"undersigned", b"", b"sha512", b"", b"")
    assert kind == b"ssh-ed25519"
    digest = hashlib.sha512(text).digest()
    return b"SSHSIG" + b"".join(put(part) for part in (namespace, reserved, name, digest)), bytes_


def holds(record, entry, digests):
    """Whether a statement is the record's and its signature holds; then its key."""
    text = entry["text"]
    first, *rest = text.removesuffix("\n").split("\n")
    lines = dict(line.split(": ", 1) for line in rest)
    assert first == "undersigned statement v1" and len(lines) == len(rest)
    assert lines["action"] == "endorse" and lines["sequence"] == "1" and lines["previous"] == "none"
    assert lines["signatory"] == record["id"] and lines["name"] == record["name"]
    for key in ("country", "website", "domain"):
        assert lines.get(key) == record.get(key)
    names = {key[5:]: value for key, value in lines.items() if key.startswith("name-")}
    assert names == record.get("names", {})
    assert lines["text-en"] == digests[lines["letter"]]
    kind, blob = lines["key"].split(" ")
    key_blob = base64.b64decode(blob, validate=True)
    of_blob, point = take(key_blob)
    assert kind == "ssh-ed25519" and of_blob == b"ssh-ed25519"
    message, signature = signed_bytes(text.encode(), entry["signature"], key_blob)
    Ed25519PublicKey.from_public_bytes(take(point)[0]).verify(signature, message)
    return blob


def main(folder, revision, schema, parser):
    begin, before = time.perf_counter(), time.process_time()
    loader = yaml.CSafeLoader if parser == "c" else yaml.SafeLoader
    with open(schema, encoding="utf-8") as file:
        validator = jsonschema_rs.validator_for(json.load(file))
    repository = pygit2.Repository(folder)
    root = repository.revparse_single(revision).peel(pygit2.Tree) / "registry"
    digests = {
        letter.name: "sha256:" + hashlib.sha256((letter / "v1" / "en.txt").data).hexdigest() for letter in root / "letters"
    }
    seen, verified, refused, clashes = {}, 0, 0, 0
    for name, data in blobs(repository, root / "signatories"):
        record = yaml.load(data, Loader=loader)
        if not validator.is_valid(record) or record["id"] != name:
            refused += 1
            continue
        marks = [("name", unicodedata.normalize("NFKC", one).casefold()) for one in [record["name"], *record.get("names", {}).values()]]
        marks += [("domain", record["domain"])] if "domain" in record else []
        for entry in record.get("statements", []):
            try:
                marks.append(("key", holds(record, entry, digests)))
                verified += 1
            except (AssertionError, InvalidSignature, ValueError, KeyError):
                refused += 1
        clashes += sum(seen.setdefault(mark, name) != name for mark in marks)
    wall, cpu = time.perf_counter() - begin, time.process_time() - before
    print(json.dumps({"verified": verified, "refused": refused, "clashes": clashes, "wall": wall, "cpu": cpu}))


if __name__ == "__main__":
    main(*sys.argv[1:])
