#!/usr/bin/env python3
"""Opens age files of every class that the age v1 specification and its public test vectors know with
`loket-central packet open`.

usage: packet-age-vectors.py FOLDER-WITH-loket-central [--seed N] [--keep FOLDER] [--public FOLDER]

The files are made by packet_age_files.py, which holds no code of this project; those that do the same as a
public vector bear its name. With --public the public vectors themselves are opened instead: FOLDER is the
`age/testdata` of C2SP/CCTV, whose files start with lines that say what to expect.

For each file the exit code must be that of its class, and with --raw the bytes that came out, also those before
a failure, must be the ones that the reference implementation releases. Without --raw nothing may come out
unless all is right. Where Debian's `age` is installed it opens the same files: it must agree, its released
bytes included, which also proves these files; pyrage, where it is there, judges the passphrases that `age`
takes from a terminal only.
"""

import argparse
import collections
import hashlib
import os
import shutil
import subprocess
import sys
import tempfile
import zlib

try:
    from packet_age_files import ARMOR, HEADER, HMAC, NO_MATCH, PAYLOAD, SUCCESS, Vector, make
except (ImportError, AttributeError) as problem:
    print(f"skipped: needs Python's cryptography 48 or later with its HPKE ({problem})")
    sys.exit(77)
try:
    import pyrage
except ImportError:
    pyrage = None

EXIT = {SUCCESS: 0, HEADER: 10, HMAC: 11, PAYLOAD: 12, NO_MATCH: 13, ARMOR: 17}
NOTHING = hashlib.sha256().hexdigest()
# What the judges themselves take though the specification refuses it: age 1.1.1 looks for a passphrase beside
# other stanzas only when it has a passphrase, and passes over an empty line after a full last line of armour
# (the public vector is younger than it); pyrage 1.4.0 reads a work factor up to its first other character;
# what factor it still takes depends on how fast the machine is, and 23 costs it 8 GiB and a minute. The limit of
# a header's length is ours.
KNOWN = {
    "armor_empty_last_line", "header_too_long", "scrypt_work_factor_23", "scrypt_work_factor_trailing_garbage",
    "x25519_and_scrypt"}

arguments = argparse.ArgumentParser()
arguments.add_argument("binaries")
arguments.add_argument("--seed", type=int, default=20261122)
arguments.add_argument("--keep")
arguments.add_argument("--public")
arguments = arguments.parse_args()


def public(folder):
    """The vectors of a folder as C2SP describes them: lines of a name and a value, an empty line, the file."""
    for name in sorted(os.listdir(folder)):
        with open(os.path.join(folder, name), "rb") as file:
            head, body = file.read().split(b"\n\n", 1)
        lines = collections.defaultdict(list)
        for line in head.decode().split("\n"):
            key, value = line.split(": ", 1)
            lines[key].append(value)
        if lines["compressed"]:
            body = zlib.decompress(body)
        digest = lines["payload"] or [NOTHING]
        yield Vector(name, lines["expect"][0], body, digest[0], lines["identity"], lines["passphrase"])


def run(command, vector, folder, raw=True):
    path = os.path.join(folder, "file")
    call = [command, "packet", "open", path] + (["--raw"] if raw else [])
    for option, lines in (("--identity", vector.identities), ("--passphrase-file", vector.passphrases)):
        if lines:
            call += [option, os.path.join(folder, option[2:])]
    done = subprocess.run(call, stdin=subprocess.DEVNULL, capture_output=True, timeout=120)
    return done.returncode, done.stdout, done.stderr.decode(errors="replace").strip()


def lay_out(vector, folder):
    comment = "# made by packet-age-vectors.py\n\n"
    for name, text in (
            ("file", vector.file), ("identity", (comment + "\n".join(vector.identities) + "\n").encode()),
            # No line feed at its end: a passphrase file need not have one.
            ("passphrase-file", "\n".join(vector.passphrases).encode())):
        with open(os.path.join(folder, name), "wb", opener=lambda p, f: os.open(p, f, 0o600)) as file:
            file.write(text)


def is_right(out, vector):
    return hashlib.sha256(out).hexdigest() == vector.digest


def check(vector, folder, command):
    lay_out(vector, folder)
    code, out, complaint = run(command, vector, folder)
    problems = []
    if code != EXIT[vector.expect]:
        problems.append(f"exit code {code}, not {EXIT[vector.expect]} ({complaint})")
    if vector.expect != ARMOR and not is_right(out, vector):
        problems.append(f"released other bytes than it should, {len(out)}")
    code, out, complaint = run(command, vector, folder, raw=False)
    # The content is no JSON, so that even a good file gives nothing here, and 1.
    if out or code != (EXIT[vector.expect] or 1):
        problems.append(f"without --raw: exit code {code}, {len(out)} bytes ({complaint})")
    return problems


def is_for_age(vector):
    """Debian's age 1.1.1 knows no hybrid keys, and armour only at the very start of a file."""
    return (
        shutil.which("age") and vector.name not in KNOWN and not vector.passphrases
        and all(not identity.startswith("AGE-SECRET-KEY-PQ-") for identity in vector.identities)
        and not (vector.expect == SUCCESS and vector.file.lstrip() != vector.file and b"BEGIN AGE" in vector.file[:2000]))


def ask_age(vector, folder):
    done = subprocess.run(
        ["age", "--decrypt", "-i", os.path.join(folder, "identity"), os.path.join(folder, "file")],
        stdin=subprocess.DEVNULL, capture_output=True)
    if (done.returncode == 0) != (vector.expect == SUCCESS):
        return f"age ended with {done.returncode} ({done.stderr.decode(errors='replace').strip()})"
    if vector.expect != ARMOR and not is_right(done.stdout, vector):
        return f"age released other bytes than it should, {len(done.stdout)}"
    return None


def is_for_pyrage(vector):
    return (
        pyrage and vector.name not in KNOWN and len(vector.passphrases) == 1 and not vector.identities
        and b"BEGIN AGE" not in vector.file)


def ask_pyrage(vector):
    try:
        plain = pyrage.passphrase.decrypt(vector.file, vector.passphrases[0])
    except pyrage.DecryptError as refusal:
        return None if vector.expect != SUCCESS else f"pyrage refused it ({refusal})"
    return None if vector.expect == SUCCESS and is_right(plain, vector) else "pyrage opened it"


def main():
    vectors = list(public(arguments.public)) if arguments.public else make(arguments.seed)
    command = os.path.join(arguments.binaries, "loket-central")
    asked = failed = disagreed = 0
    with tempfile.TemporaryDirectory() as scratch:
        for vector in vectors:
            folder = scratch
            if arguments.keep:
                folder = os.path.join(arguments.keep, vector.name)
                os.makedirs(folder, exist_ok=True)
            problems = check(vector, folder, command)
            failed += bool(problems)
            for problem in problems:
                print(f"FAIL {vector.name} ({vector.expect}): {problem}")
            judges = [lambda: ask_age(vector, folder)] * bool(is_for_age(vector))
            judges += [lambda: ask_pyrage(vector)] * bool(is_for_pyrage(vector))
            for judge in judges:
                asked += 1
                problem = judge()
                if problem:
                    disagreed += 1
                    print(f"DISAGREES {vector.name} ({vector.expect}): {problem}")
    groups = collections.Counter(vector.name.split("_")[0] for vector in vectors)
    classes = collections.Counter(vector.expect for vector in vectors)
    print("groups: " + ", ".join(f"{name} {count}" for name, count in groups.most_common()))
    print("classes: " + ", ".join(f"{name} {count} (exit {EXIT[name]})" for name, count in classes.most_common()))
    print(
        f"{arguments.public or f'seed {arguments.seed}'}: {len(vectors)} age files, each opened twice; "
        f"age and pyrage agree on {asked - disagreed} of {asked} that they know")
    print(f"age files: {len(vectors) - failed} passed, {failed + disagreed} failed, {0 if asked else 1} skipped")
    return 1 if failed or disagreed else 0


sys.exit(main())
