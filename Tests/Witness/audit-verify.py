#!/usr/bin/env python3
"""Verify a journal that a kit gave away (`loket audit export`), with nothing of the kit's own program.

  audit-verify.py FILE KEY [--kit NAME]        one file; says what was found, and ends with 1 for anything wrong
  audit-verify.py --campaign FILE KEY [--seed N]
                                               changes a good file in every way in turn, and counts what is found

KEY is the kit's public key in PEM (`loket audit export --public-key`). Needs the Python package `cryptography`.

The file is lines of JSON: `audit` (the form and the kit), each `line` of the journal, each `seal` behind the
line that it covers last, and `end`, which signs every byte before it. A line's digest is SHA-256 over the
fields of the line behind the digest of the line before, each as its length in bytes, a colon and its text, or a
hyphen when it has none, with commas between them. Seals and the end are JWS in compact form, ES256.
"""

import argparse
import base64
import hashlib
import json
import random
import sys

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec, utils


class Wrong(Exception):
    pass


def unbase64(text):
    if any(c not in "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_" for c in text):
        raise Wrong("base64url")
    data = base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))
    if base64.urlsafe_b64encode(data).rstrip(b"=").decode() != text:
        raise Wrong("base64url that is not canonical")
    return data


def key_id(key):
    numbers = key.public_numbers()
    part = lambda n: base64.urlsafe_b64encode(n.to_bytes(32, "big")).rstrip(b"=").decode()
    jwk = '{"crv":"P-256","kty":"EC","x":"%s","y":"%s"}' % (part(numbers.x), part(numbers.y))
    return base64.urlsafe_b64encode(hashlib.sha256(jwk.encode()).digest()).rstrip(b"=").decode()


def statement(compact, kind, key):
    parts = compact.split(".")
    if len(parts) != 3:
        raise Wrong("no statement")
    header, payload, signature = (unbase64(part) for part in parts)
    if json.loads(header) != {"alg": "ES256", "kid": key_id(key), "typ": kind}:
        raise Wrong("another header or another key")
    if len(signature) != 64:
        raise Wrong("no signature")
    r, s = int.from_bytes(signature[:32], "big"), int.from_bytes(signature[32:], "big")
    try:
        key.verify(utils.encode_dss_signature(r, s), f"{parts[0]}.{parts[1]}".encode(), ec.ECDSA(hashes.SHA256()))
    except InvalidSignature:
        raise Wrong("the signature does not hold")
    return json.loads(payload)


def digest(line, previous):
    fields = [previous, str(line["position"]), str(line["at"]), line["event"]]
    fields += [line.get(name) for name in ("case", "packet", "officer", "reason")]
    text = ",".join("-" if f is None else f"{len(f.encode())}:{f}" for f in fields)
    return hashlib.sha256(text.encode()).hexdigest()


MEMBERS = {
    "audit": {"type", "version", "kit", "training"},
    "line": {"type", "position", "at", "event", "case", "packet", "officer", "reason", "digest"},
    "seal": {"type", "number", "statement"},
    "end": {"type", "statement"},
}


def parse(raw):
    try:
        text = raw.decode("utf-8")
        members = json.loads(text)
    except ValueError:
        raise Wrong("no JSON")
    if not isinstance(members, dict) or members.get("type") not in MEMBERS:
        raise Wrong("no line of such a file")
    if not set(members) <= MEMBERS[members["type"]]:
        raise Wrong("a member that none has")
    # As the kit writes it, so that no byte can be another one: members by name, nothing between them.
    again = json.dumps(members, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    if again != text:
        raise Wrong("not as the kit writes it")
    return members


class Journal:
    """Takes the lines of a file in order, and keeps what is wrong with them."""

    def __init__(self, key, kit, check_end=True):
        self.key, self.kit, self.check_end = key, kit, check_end
        self.found = []
        self.position, self.digest, self.number, self.previous = 0, "", 0, None
        self.covered, self.events, self.lines, self.seals = 0, {}, 0, 0

    def wrong(self, what, place=None):
        self.found.append((place if place is not None else self.position, what))

    def read(self, data):
        pieces = data.split(b"\n")
        if pieces.pop() != b"":
            self.wrong("the last line is cut off")
        ended, start = False, 0
        for index, raw in enumerate(pieces):
            if ended:
                self.wrong("something behind the end")
            try:
                members = parse(raw)
                kind = members["type"]
                if (index == 0) != (kind == "audit"):
                    raise Wrong("the first line")
                if kind == "audit" and (members["version"] != 1 or self.kit not in (None, members["kit"])):
                    raise Wrong("another form or kit")
                if kind == "audit":
                    self.kit, self.training = members["kit"], members["training"]
                if kind == "line":
                    self.line(members)
                if kind == "seal":
                    self.seal(members)
                if kind == "end":
                    ended = True
                    if self.check_end:
                        self.end(members, data[:start])
            except (Wrong, KeyError, TypeError, ValueError) as error:
                self.wrong(f"{type(error).__name__}: {error}")
            start += len(raw) + 1
        if not ended and self.check_end:
            self.wrong("no signature at the end")

    def line(self, line):
        self.lines += 1
        if line["position"] != self.position + 1:
            self.wrong(f"line {line['position']} where {self.position + 1} is due", self.position + 1)
        if line["digest"] != digest(line, self.digest):
            self.wrong(f"line {line['position']} does not follow from the one before", line["position"])
        self.position, self.digest = line["position"], line["digest"]
        self.events[line["event"]] = self.events.get(line["event"], 0) + 1

    def seal(self, members):
        self.seals += 1
        try:
            seal = statement(members["statement"], "loket-audit-seal+jws", self.key)
            if members["number"] != self.number + 1 or seal["number"] != members["number"]:
                raise Wrong(f"seal {members['number']} where {self.number + 1} is due")
            if seal["version"] != 1 or seal["kit"] != self.kit or seal["isTraining"] != self.training:
                raise Wrong("a seal of another kit")
            if seal.get("previousSealDigest") != self.previous:
                raise Wrong("it does not name the seal before")
            if seal["position"] != self.position:
                raise Wrong(f"it covers {seal['position']} lines, and {self.position} are there")
            if seal["headDigest"] != self.digest:
                raise Wrong(f"lines {self.covered + 1} to {self.position} were rewritten")
            if seal["counts"]["events"] != self.events:
                raise Wrong("it counted other lines")
        except Wrong as error:
            self.wrong(f"seal {members['number']}: {error}")
        self.number = members["number"]
        self.previous = hashlib.sha256(members["statement"].encode()).hexdigest()
        self.covered, self.events = self.position, {}

    def end(self, members, before):
        seal = statement(members["statement"], "loket-audit-export+jws", self.key)
        if seal["version"] != 1 or seal["kit"] != self.kit:
            raise Wrong("the end is of another kit")
        if seal["byteCount"] != len(before) or seal["digest"] != hashlib.sha256(before).hexdigest():
            raise Wrong("not the bytes that were signed")


def verify(data, key, kit=None, check_end=True):
    journal = Journal(key, kit, check_end)
    try:
        journal.read(data)
    except RecursionError:
        journal.wrong("nested too deep")
    return journal


def campaign(data, key, seed):
    """Each byte in turn; each line taken out, doubled, swapped; and each field, with the end not looked at."""
    generator = random.Random(seed)
    whole = verify(data, key)
    if whole.found:
        sys.exit(f"the file is not good to begin with: {whole.found[:3]}")
    tried, found, missed = {}, {}, []

    def attempt(kind, changed, place, check_end=True):
        tried[kind] = tried.get(kind, 0) + 1
        if verify(changed, key, check_end=check_end).found:
            found[kind] = found.get(kind, 0) + 1
        else:
            missed.append((kind, place))

    for index in range(len(data)):
        changed = bytearray(data)
        changed[index] ^= generator.randrange(1, 256)
        attempt("byte", bytes(changed), index)
    lines = data.split(b"\n")[:-1]
    body = lines[:-1]
    last_seal = max(index for index, raw in enumerate(body) if b'"type":"seal"' in raw)
    join = lambda some: b"".join(raw + b"\n" for raw in some)
    for index in range(len(lines)):
        attempt("line taken out", join(lines[:index] + lines[index + 1:]), index)
        attempt("line doubled", join(lines[: index + 1] + lines[index:]), index)
        attempt("file cut off", join(lines[:index]), index)
        if index + 1 < len(lines):
            swapped = lines[:index] + [lines[index + 1], lines[index]] + lines[index + 2:]
            attempt("lines swapped", join(swapped), index)
    # Without the signature at the end: what the chain and the seals find by themselves.
    for index in range(1, last_seal):
        attempt("chain: line taken out", join(body[:index] + body[index + 1:]), index, check_end=False)
        members = json.loads(body[index])
        if members["type"] != "line":
            continue
        for name in ("at", "event", "case", "packet", "officer", "reason", "digest"):
            edited = dict(members)
            old = edited.get(name)
            edited[name] = old + 1 if isinstance(old, int) else (old or "") + "x"
            attempt("chain: field", rewrite(body, index, edited), (index, name), check_end=False)
            attempt("chain: field, digests made anew", rechain(body, index, edited), (index, name), check_end=False)
    for kind in sorted(tried):
        print(f"  {kind}: {tried[kind]} tried, {found.get(kind, 0)} found")
    print(f"seed {seed}: {sum(tried.values())} edits, {sum(found.values())} found, {len(missed)} missed {missed[:5]}")
    return not missed


def dump(members):
    return json.dumps(members, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode()


def rewrite(body, index, edited):
    return b"".join(raw + b"\n" for raw in body[:index] + [dump(edited)] + body[index + 1:])


def rechain(body, index, edited):
    """As somebody does who knows how the digests are made and has no key."""
    out, previous = [], ""
    for place, raw in enumerate(body):
        members = edited if place == index else json.loads(raw)
        if members["type"] == "line":
            if place >= index and not (place == index and members["digest"].endswith("x")):
                members = dict(members, digest=digest(members, previous))
            previous = members["digest"]
        out.append(dump(members))
    return b"".join(raw + b"\n" for raw in out)


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("file")
    parser.add_argument("key")
    parser.add_argument("--kit")
    parser.add_argument("--campaign", action="store_true")
    parser.add_argument("--seed", type=int, default=20261122)
    options = parser.parse_args()
    with open(options.file, "rb") as file:
        data = file.read()
    with open(options.key, "rb") as file:
        key = serialization.load_pem_public_key(file.read())
    if options.campaign:
        sys.exit(0 if campaign(data, key, options.seed) else 1)
    journal = verify(data, key, options.kit)
    print(f"kit {journal.kit}: {journal.lines} lines, {journal.seals} seals, "
          f"{journal.position - journal.covered} lines behind the last seal, head {journal.digest}")
    print(f"  the whole file: {len(data)} bytes, SHA-256 {hashlib.sha256(data).hexdigest()}")
    for place, what in sorted(journal.found, key=lambda pair: pair[0]):
        print(f"  WRONG at line {place}: {what}")
    sys.exit(1 if journal.found else 0)


if __name__ == "__main__":
    main()
