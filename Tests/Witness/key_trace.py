#!/usr/bin/env python3
"""Makes a store key of the first release, and looks for it, for the key under its lock and for its passphrase
in a process's memory or in files.

    key_trace.py make FOLDER            writes FOLDER/data/store.key, FOLDER/passphrase and FOLDER/key
    key_trace.py memory FOLDER PID
    key_trace.py file FOLDER NAME...

A hit's line says what it is and where, never its bytes. The key under the lock is derived from store.key as it
is then, with libsodium and with the HKDF of the package cryptography.
"""
import base64
import ctypes
import hashlib
import json
import os
import re
import secrets
import sys

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305
from cryptography.hazmat.primitives.kdf.hkdf import HKDF


def make(folder: str) -> None:
    passphrase = secrets.token_hex(12)
    key, salt, nonce = os.urandom(32), os.urandom(16), os.urandom(12)
    cost = {"rounds": 1024, "blockSize": 8, "parallelism": 1}
    wrapping = hashlib.scrypt(passphrase.encode(), salt=salt, n=1024, r=8, p=1, dklen=32)
    sealed = nonce + ChaCha20Poly1305(wrapping).encrypt(nonce, key, b"draagbaar-loket store key 1 1024 8 1")
    text = {"version": 1, "kdf": "scrypt", "cost": cost}
    text |= {name: base64.b64encode(value).decode() for name, value in (("salt", salt), ("sealed", sealed))}
    os.makedirs(f"{folder}/data", mode=0o700, exist_ok=True)
    for name, content in (("passphrase", passphrase.encode()), ("key", key), ("data/store.key", json.dumps(text).encode())):
        with open(os.open(f"{folder}/{name}", os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as file:
            file.write(content)


def needles(folder: str) -> dict[str, bytes]:
    with open(f"{folder}/passphrase", "rb") as file:
        passphrase = file.read()
    with open(f"{folder}/key", "rb") as file:
        key = file.read()
    found = {
        "the store key": key, "half of the store key": key[:16], "the store key as hex": key.hex().encode(),
        "the store key as base64": base64.b64encode(key)[:42],
        "the passphrase": passphrase, "half of the passphrase": passphrase[:12],
        "the passphrase as UTF-16": passphrase.decode().encode("utf-16-le"),
    }
    with open(f"{folder}/data/store.key", "rb") as file:
        state = json.load(file)
    if state["version"] == 2:
        lock = state["lock"]
        salt, cost = base64.b64decode(lock["salt"]), lock["cost"]
        sodium = ctypes.CDLL("libsodium.so.23")
        known = ctypes.create_string_buffer(32)
        assert sodium.sodium_init() >= 0
        assert 0 == sodium.crypto_pwhash_argon2id(
            known, ctypes.c_ulonglong(32), passphrase, ctypes.c_ulonglong(len(passphrase)), salt,
            ctypes.c_ulonglong(cost["passes"]), ctypes.c_size_t(cost["memoryKiB"] * 1024), 2)
        wrapping = HKDF(hashes.SHA256(), 32, salt, b"draagbaar-loket key lock 2 passphrase").derive(known.raw)
        # That these are the right ones: the store key opens under what was derived here.
        part = lambda text: len(text).to_bytes(4, "big") + text
        entry = state["ring"][0]
        inner = part(f"passphrase {cost['memoryKiB']} {cost['passes']}".encode()) + part(salt) + part(b"")
        associated = b"draagbaar-loket store key 2" + part(inner) + b"".join(
            part(text.encode()) for text in (str(state["lockedAt"]), "", f"{entry['id']} {entry['madeAt']}", "0"))
        sealed = base64.b64decode(entry["sealed"])
        assert ChaCha20Poly1305(wrapping).decrypt(sealed[:12], sealed[12:], associated) == key
        found |= {
            "the key under the lock": wrapping, "half of the key under the lock": wrapping[:16],
            "what Argon2id made of the passphrase": known.raw,
        }
    return found


def hits(content: bytes, shapes: dict[str, bytes]):
    for name, shape in shapes.items():
        for found in re.finditer(re.escape(shape), content):
            yield found.start(), name


def mappings(pid: str):
    entry, anonymous = None, 0
    with open(f"/proc/{pid}/smaps") as smaps:
        for line in smaps:
            head = re.match(r"([0-9a-f]+)-([0-9a-f]+) (\S+) \S+ \S+ \S+ *(.*)", line)
            if head:
                entry = [int(head[1], 16), int(head[2], 16), head[3], head[4].strip() or "anonymous"]
            elif line.startswith("Anonymous:"):
                anonymous = int(line.split()[1])
            elif line.startswith("VmFlags:") and entry:
                # A program's own file, of which the process has changed no page: what lies there lies on the disk.
                is_file = entry[3].startswith("/") and entry[2].endswith("p") and anonymous == 0
                if not is_file:
                    yield *entry, set(line.split()[1:])


def memory(pid: str, shapes: dict[str, bytes]) -> int:
    count = 0
    with open(f"/proc/{pid}/mem", "rb", 0) as content:
        for start, end, rights, name, flags in mappings(pid):
            if not rights.startswith("r") or name in ("[vvar]", "[vsyscall]"):
                continue
            try:
                content.seek(start)
                bytes_ = content.read(end - start)
            except (OSError, ValueError):
                continue
            kept = [word for flag, word in (("lo", "locked"), ("dd", "undumped")) if flag in flags]
            for offset, shape in hits(bytes_, shapes):
                print(f"hit {shape}: {name} + {offset:#x} ({', '.join(kept) or 'ordinary'})")
                count += 1
    return count


def main() -> None:
    if sys.argv[1] == "make":
        return make(sys.argv[2])
    shapes = needles(sys.argv[2])
    if sys.argv[1] == "memory":
        count = memory(sys.argv[3], shapes)
    else:
        count = 0
        for name in sys.argv[3:]:
            with open(name, "rb") as file:
                for offset, shape in hits(file.read(), shapes):
                    print(f"hit {shape}: {name} + {offset:#x}")
                    count += 1
    print("hits", count)


main()
