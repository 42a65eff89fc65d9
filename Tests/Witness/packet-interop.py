#!/usr/bin/env python3
"""Age files both ways between `loket-central` and tools that are not ours: Debian's `age`, pyrage, Python's
cryptography (through packet-age.py), and age with `loket-central age-plugin` for hybrid keys.

usage: packet-interop.py FOLDER-WITH-loket-central

Each pair seals and opens plaintexts of 0, 1, 65,535, 65,536, 65,537, 131,072 and 5,000,000 bytes, X25519 also in
armour; a passphrase is tried with 0, 65,536 and 5,000,000. What a machine lacks is skipped, by name.
"""

import os
import random
import shutil
import subprocess
import sys
import tempfile

SIZES = (0, 1, 65_535, 65_536, 65_537, 131_072, 5_000_000)
HERE = os.path.dirname(os.path.abspath(__file__))
central = os.path.abspath(os.path.join(sys.argv[1], "loket-central"))
passed, failed, skipped = 0, 0, 0
folder = tempfile.mkdtemp()


def path(name):
    return os.path.join(folder, name)


def put(name, data):
    with open(path(name), "wb", opener=lambda p, f: os.open(p, f, 0o600)) as file:
        file.write(data if isinstance(data, bytes) else data.encode())
    return path(name)


def get(name):
    with open(path(name), "rb") as file:
        return file.read()


def call(*words, data=None, environment=None):
    done = subprocess.run(words, input=data, capture_output=True, env=environment)
    if done.returncode:
        raise RuntimeError(f"{os.path.basename(words[0])} ended with {done.returncode}: {done.stderr.decode()[-200:]}")
    return done.stdout


def we_seal(plain, *options):
    call(central, "packet", "seal", put("plain", plain), "--output", path("sealed"), *options)
    return get("sealed")


def we_open(file, *options):
    return call(central, "packet", "open", put("file", file), "--raw", *options)


def exchange(name, pairs, sizes=SIZES):
    """`pairs` are named (seal, open) functions, each a direction."""
    global passed, failed
    for direction, seal, open_ in pairs:
        wrong = []
        for size in sizes:
            plain = random.Random(size).randbytes(size)
            try:
                if open_(seal(plain)) != plain:
                    wrong.append(f"{size}: other content")
            except Exception as problem:  # A tool may fail in any way; each is a difference.
                wrong.append(f"{size}: {problem}")
        if wrong:
            failed += 1
            print(f"FAIL {name}, {direction}: " + "; ".join(wrong))
        else:
            passed += 1
            print(f"ok   {name}, {direction}: {len(sizes)} sizes")


def skip(name, reason):
    global skipped
    skipped += 1
    print(f"skip {name}: {reason}")


def with_age():
    identity = path("x25519")
    call("age-keygen", "-o", identity)
    recipient = call("age-keygen", "-y", identity).decode().strip()
    other = path("x25519-2")
    call("age-keygen", "-o", other)
    second = call("age-keygen", "-y", other).decode().strip()
    mine, ours = ("--identity", identity), ("--recipient", recipient)
    for form, theirs, option in (("binary", [], []), ("armour", ["--armor"], ["--armor"])):
        exchange(f"age, X25519, {form}", [
            ("we seal", lambda p: we_seal(p, *ours, *option), lambda f: call("age", "-d", "-i", identity, data=f)),
            ("age seals", lambda p: call("age", *theirs, "-r", recipient, data=p), lambda f: we_open(f, *mine))])
    exchange("age, two recipients", [
        ("we seal, the second opens", lambda p: we_seal(p, *ours, "--recipient", second),
         lambda f: call("age", "-d", "-i", other, data=f)),
        ("age seals, the second opens", lambda p: call("age", "-r", recipient, "-r", second, data=p),
         lambda f: we_open(f, "--identity", other))])
    return identity, recipient


def with_pyrage(identity, recipient):
    import pyrage

    text = next(line for line in get("x25519").decode().splitlines() if line.startswith("AGE-"))
    key, lock = pyrage.x25519.Identity.from_str(text), pyrage.x25519.Recipient.from_str(recipient)
    exchange("pyrage, X25519", [
        ("we seal", lambda p: we_seal(p, "--recipient", recipient), lambda f: pyrage.decrypt(f, [key])),
        ("pyrage seals", lambda p: pyrage.encrypt(p, [lock]), lambda f: we_open(f, "--identity", identity))])
    exchange("pyrage, X25519, armour", [
        ("pyrage seals", lambda p: pyrage.encrypt(p, [lock], armored=True), lambda f: we_open(f, "--identity", identity))])
    phrase = ("--passphrase-file", put("phrase", "TEST passphrase\n"))
    exchange("pyrage, passphrase", [
        ("we seal", lambda p: we_seal(p, *phrase), lambda f: pyrage.passphrase.decrypt(f, "TEST passphrase")),
        ("pyrage seals", lambda p: pyrage.passphrase.encrypt(p, "TEST passphrase"), lambda f: we_open(f, *phrase)),
        ("we seal in armour, we open", lambda p: we_seal(p, *phrase, "--armor"), lambda f: we_open(f, *phrase))],
        sizes=(0, 65_536, 5_000_000))


def with_hybrid():
    import packet_age_files

    key = packet_age_files.HybridKey()
    script = [sys.executable, os.path.join(HERE, "packet-age.py")]
    identity = put("hybrid", key.identity + "\n")
    mine, ours = ("--identity", identity), ("--recipient", key.recipient)

    def theirs(action, text, data):
        call(*script, action, "hpke", text, put("in", data), path("out"))
        return get("out")

    exchange("cryptography, hybrid", [
        ("we seal", lambda p: we_seal(p, *ours), lambda f: theirs("open", key.identity, f)),
        ("cryptography seals", lambda p: theirs("seal", key.recipient, p), lambda f: we_open(f, *mine))])
    if shutil.which("age"):
        with_plugin(identity, key.recipient, mine, ours)


def with_plugin(identity, recipient, mine, ours):
    program = put("age-plugin-pq", f'#!/bin/sh\nexec "{central}" age-plugin "$@"\n')
    os.chmod(program, 0o700)
    environment = dict(os.environ, PATH=folder + os.pathsep + os.environ["PATH"])
    plugin = put("plugin", call(central, "age-plugin", "--identity", identity))
    exchange("age with our plugin, hybrid", [
        ("we seal", lambda p: we_seal(p, *ours), lambda f: call("age", "-d", "-i", plugin, data=f, environment=environment)),
        ("age seals", lambda p: call("age", "-r", recipient, data=p, environment=environment), lambda f: we_open(f, *mine))])


def main():
    os.environ["PYTHONDONTWRITEBYTECODE"] = "1"
    pair = None
    if shutil.which("age"):
        pair = with_age()
    else:
        skip("age", "not on this machine")
    for name, needs, part in (
            ("pyrage", pair, lambda: with_pyrage(*pair)), ("hybrid", True, with_hybrid)):
        try:
            part() if needs else skip(name, "needs age-keygen")
        except (ImportError, AttributeError) as problem:
            skip(name, problem)
    print(f"age files with other tools: {passed} passed, {failed} failed, {skipped} skipped")
    return 1 if failed else 0


try:
    status = main()
finally:
    shutil.rmtree(folder)
sys.exit(status)
