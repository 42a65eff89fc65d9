#!/usr/bin/env python3
"""Opens and seals age files without any code of this project.

usage: packet-age.py can TOOL
       packet-age.py open TOOL IDENTITY FILE PLAINTEXT
       packet-age.py seal TOOL RECIPIENT PLAINTEXT FILE

TOOL is `age` (Debian's program), `pyrage` (the Rust implementation), `hpke` (this script's own reading
of the specification over the Python package cryptography, for the hybrid stanza that the first two
do not know), or `plugin` (Debian's age with this script as its age-plugin-pq). Called under the name
age-plugin-pq it speaks age's plugin protocol.
"""

import base64
import hashlib
import hmac
import os
import shutil
import subprocess
import sys
import tempfile

LABEL = b"age-encryption.org/mlkem768x25519"
TYPE = "mlkem768x25519"
CHUNK = 65536
ALPHABET = "qpzry9x8gf2tvdw0s3jn54khce6mua7l"


def polymod(values):
    check = 1
    for value in values:
        top = check >> 25
        check = (check & 0x1FFFFFF) << 5 ^ value
        for bit, term in enumerate((0x3B6A57B2, 0x26508E6D, 0x1EA119FA, 0x3D4233DD, 0x2A1462B3)):
            check ^= term if top >> bit & 1 else 0
    return check


def expanded(prefix):
    return [ord(c) >> 5 for c in prefix] + [0] + [ord(c) & 31 for c in prefix]


def regroup(values, width, to):
    number = size = 0
    out = []
    for value in values:
        number = number << width | value
        size += width
        while size >= to:
            size -= to
            out.append(number >> size & ((1 << to) - 1))
    if to == 5 and size:
        out.append(number << (to - size) & 31)
    return out


def bech32(prefix, data):
    groups = regroup(data, 8, 5)
    check = polymod(expanded(prefix) + groups + [0] * 6) ^ 1
    groups += [check >> 5 * (5 - index) & 31 for index in range(6)]
    return prefix + "1" + "".join(ALPHABET[group] for group in groups)


def from_bech32(text, prefix):
    text = text.lower()
    head, _, tail = text.rpartition("1")
    groups = [ALPHABET.index(character) for character in tail]
    if head != prefix or polymod(expanded(head) + groups) != 1:
        raise ValueError("not a key")
    return bytes(regroup(groups[:-6], 5, 8))


def suite():
    from cryptography.hazmat.primitives import hpke

    return hpke.Suite(hpke.KEM.MLKEM768_X25519, hpke.KDF.HKDF_SHA256, hpke.AEAD.CHACHA20_POLY1305)


def hybrid_private(seed):
    from cryptography.hazmat.primitives import hpke
    from cryptography.hazmat.primitives.asymmetric import mlkem, x25519

    expanded_seed = hashlib.shake_256(seed).digest(96)
    return hpke.MLKEM768X25519PrivateKey(
        mlkem.MLKEM768PrivateKey.from_seed_bytes(expanded_seed[:64]),
        x25519.X25519PrivateKey.from_private_bytes(expanded_seed[64:]))


def hybrid_public(raw):
    from cryptography.hazmat.primitives import hpke
    from cryptography.hazmat.primitives.asymmetric import mlkem, x25519

    return hpke.MLKEM768X25519PublicKey(
        mlkem.MLKEM768PublicKey.from_public_bytes(raw[:1184]),
        x25519.X25519PublicKey.from_public_bytes(raw[1184:]))


def hkdf(key, salt, info):
    secret = hmac.digest(salt or bytes(32), key, "sha256")
    return hmac.digest(secret, info + b"\x01", "sha256")


def bare(data):
    return base64.b64encode(data).rstrip(b"=")


def from_bare(text):
    return base64.b64decode(text + b"=" * (-len(text) % 4), validate=True)


def hpke_open(identity, file):
    seed = from_bech32(identity, "age-secret-key-pq-")
    cut = file.index(b"\n---") + 4
    mac, _, rest = file[cut + 1:].partition(b"\n")
    lines = file[:cut].split(b"\n")
    words = lines[1].split(b" ")
    assert lines[0] == b"age-encryption.org/v1" and words[:2] == [b"->", TYPE.encode()], "another header"
    key = suite().decrypt(from_bare(words[2]) + from_bare(lines[2]), hybrid_private(seed), LABEL)
    assert hmac.compare_digest(
        from_bare(mac), hmac.digest(hkdf(key, b"", b"header"), file[:cut], "sha256")), "another MAC"
    return stream_open(hkdf(key, rest[:16], b"payload"), rest[16:])


def nonce(index, last):
    return index.to_bytes(11, "big") + (b"\x01" if last else b"\x00")


def stream_open(key, sealed):
    from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305

    pieces = [sealed[start:start + CHUNK + 16] for start in range(0, len(sealed), CHUNK + 16)]
    box = ChaCha20Poly1305(key)
    return b"".join(
        box.decrypt(nonce(index, index == len(pieces) - 1), piece, None) for index, piece in enumerate(pieces))


def hpke_seal(recipient, plain):
    from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305

    key = os.urandom(16)
    sealed = suite().encrypt(key, hybrid_public(from_bech32(recipient, "age1pq")), LABEL)
    header = b"age-encryption.org/v1\n-> %s %s\n%s\n---" % (TYPE.encode(), bare(sealed[:1120]), bare(sealed[1120:]))
    mac = hmac.digest(hkdf(key, b"", b"header"), header, "sha256")
    salt = os.urandom(16)
    box = ChaCha20Poly1305(hkdf(key, salt, b"payload"))
    pieces = [plain[start:start + CHUNK] for start in range(0, len(plain), CHUNK)] or [b""]
    body = b"".join(box.encrypt(nonce(i, i == len(pieces) - 1), piece, None) for i, piece in enumerate(pieces))
    return header + b" " + bare(mac) + b"\n" + salt + body


def age_open(identity, file, folder, environment=None):
    with open(os.path.join(folder, "key"), "w", encoding="ascii") as key:
        key.write(identity + "\n")
    return subprocess.run(
        ["age", "--decrypt", "-i", key.name], input=file, stdout=subprocess.PIPE, env=environment, check=True).stdout


def plugin_open(identity, file, folder):
    program = os.path.join(folder, "age-plugin-pq")
    shutil.copy(os.path.abspath(__file__), program)
    os.chmod(program, 0o755)
    plugin = bech32("age-plugin-pq-", from_bech32(identity, "age-secret-key-pq-")).upper()
    return age_open(plugin, file, folder, dict(os.environ, PATH=folder + os.pathsep + os.environ["PATH"]))


def read_stanza():
    words = sys.stdin.buffer.readline().rstrip(b"\n").split(b" ")[1:]
    body = b""
    while True:
        line = sys.stdin.buffer.readline().rstrip(b"\n")
        body += line
        if len(line) < 64:
            return words, from_bare(body)


def write_stanza(words, body=b""):
    text = bare(body)
    lines = [text[start:start + 64] for start in range(0, len(text) + 1, 64)]
    sys.stdout.buffer.write(b"-> " + b" ".join(words) + b"\n" + b"".join(line + b"\n" for line in lines))
    sys.stdout.buffer.flush()


def speak_plugin():
    seeds, stanzas = [], []
    while True:
        words, body = read_stanza()
        if words[0] == b"add-identity":
            seeds.append(from_bech32(words[1].decode(), "age-plugin-pq-"))
        elif words[0] == b"recipient-stanza" and words[2] == TYPE.encode():
            stanzas.append((words[1], from_bare(words[3]) + body))
        elif words[0] == b"done":
            break
    opened = set()
    for index, sealed in stanzas:
        for seed in seeds:
            if index in opened:
                break
            try:
                key = suite().decrypt(sealed, hybrid_private(seed), LABEL)
            except Exception:
                continue
            opened.add(index)
            write_stanza([b"file-key", index], key)
            read_stanza()
    write_stanza([b"done"])
    return 0


def can(tool):
    if tool in ("age", "plugin") and not shutil.which("age"):
        return False
    if tool == "pyrage":
        import pyrage  # noqa: F401
    if tool in ("hpke", "plugin"):
        suite()
    return True


def run(action, tool, key, source, target):
    with open(source, "rb") as file:
        data = file.read()
    with tempfile.TemporaryDirectory() as folder:
        if tool == "hpke":
            result = hpke_open(key, data) if action == "open" else hpke_seal(key, data)
        elif tool == "plugin":
            result = plugin_open(key, data, folder)
        elif tool == "age" and action == "open":
            result = age_open(key, data, folder)
        elif tool == "age":
            result = subprocess.run(["age", "-r", key], input=data, stdout=subprocess.PIPE, check=True).stdout
        else:
            import pyrage

            result = (
                pyrage.decrypt(data, [pyrage.x25519.Identity.from_str(key)]) if action == "open"
                else pyrage.encrypt(data, [pyrage.x25519.Recipient.from_str(key)]))
    with open(target, "wb") as file:
        file.write(result)
    return 0


def main(arguments):
    if os.path.basename(sys.argv[0]) == "age-plugin-pq":
        return speak_plugin()
    if arguments[0] == "can":
        try:
            return 0 if can(arguments[1]) else 75
        except (ImportError, AttributeError) as problem:
            print(f"cannot: {problem}")
            return 75
    return run(*arguments)


sys.exit(main(sys.argv[1:]))
