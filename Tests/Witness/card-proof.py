#!/usr/bin/env python3
"""Proves cards with the Python package cryptography, as a second opinion on the target CardProof.

usage: card-proof.py --can
       card-proof.py FOLDER...      prints one verdict a folder

A folder holds the files of a card by their names in CardFile, each as .bin, and what else a proof needs:
trustedRoot.bin, chipNumber.bin, challenge.bin and response.bin, and applet and time as text (time in seconds
since 1970). Verdicts: revocationNotChecked, chainExpired, cannotBeChecked, forged.
"""

import datetime
import hashlib
import pathlib
import sys

try:
    from cryptography import x509
    from cryptography.exceptions import InvalidSignature
    from cryptography.hazmat.primitives import hashes, serialization
    from cryptography.hazmat.primitives.asymmetric import ec, padding, rsa, utils
except ImportError as problem:
    print(f"cannot: {problem}")
    sys.exit(75)

HASHES = {20: hashes.SHA1, 32: hashes.SHA256, 48: hashes.SHA384}
NAMES = {20: "sha1", 32: "sha256", 48: "sha384"}


class Missing(Exception):
    """Something that the proof needs is not there."""


class Wrong(Exception):
    """Something that no honest card shows."""


def der(data):
    """A DER value without the zero bytes behind it."""
    if len(data) < 2 or data[0] != 0x30:
        raise Missing("no DER")
    if data[1] < 0x80:
        end = 2 + data[1]
    else:
        count = data[1] & 0x7F
        end = 2 + count + int.from_bytes(data[2 : 2 + count], "big")
    if end > len(data):
        raise Missing("cut short")
    return data[:end]


def fields(identity):
    found, at = {}, 0
    while at + 2 <= len(identity) and (at == 0 or identity[at] != 0):
        tag, length = identity[at], identity[at + 1]
        found.setdefault(tag, identity[at + 2 : at + 2 + length])
        at += 2 + length
    return found


def is_signed(key, signature, content, lengths):
    for length in lengths:
        try:
            if isinstance(key, rsa.RSAPublicKey):
                key.verify(signature[: key.key_size // 8], content, padding.PKCS1v15(), HASHES[length]())
            else:
                key.verify(der(signature), content, ec.ECDSA(HASHES[length]()))
            return True
        except (InvalidSignature, Missing):
            continue
    return False


def issued_by(certificate, issuer):
    # By hand: the package itself refuses SHA-1 in certificates, which old cards have.
    key, algorithm = issuer.public_key(), certificate.signature_hash_algorithm
    try:
        if isinstance(key, rsa.RSAPublicKey):
            key.verify(certificate.signature, certificate.tbs_certificate_bytes, padding.PKCS1v15(), algorithm)
        else:
            key.verify(certificate.signature, certificate.tbs_certificate_bytes, ec.ECDSA(algorithm))
    except InvalidSignature:
        return False
    return certificate.issuer == issuer.subject


def prove(folder):
    def read(name):
        path = folder / f"{name}.bin"
        return path.read_bytes() if path.exists() else b""

    def need(name):
        data = read(name)
        if not any(data):
            raise Missing(name)
        return data

    time = datetime.datetime.fromtimestamp(int((folder / "time").read_text()), datetime.timezone.utc)
    trusted = x509.load_der_x509_certificate(read("trustedRoot"))
    registry = x509.load_der_x509_certificate(der(need("registryCertificate")))
    root = x509.load_der_x509_certificate(der(need("rootCertificate")))
    is_known = root.public_key() == trusted.public_key() and root.subject == trusted.subject
    key = registry.public_key()
    identity = need("identity")
    tags = fields(identity)
    photo_digest = tags.get(0x11, b"")
    lengths = [48]
    if isinstance(key, rsa.RSAPublicKey):
        lengths = [length for length in (len(photo_digest), 32, 20) if length in HASHES]
    wrong, missing = [], []

    def check(name, test):
        try:
            if not test():
                wrong.append(name)
        except Missing as problem:
            missing.append(str(problem))

    check("identity", lambda: is_signed(key, need("identitySignature"), identity, lengths))
    check(
        "address",
        lambda: is_signed(
            key, need("addressSignature"), need("address").rstrip(b"\0") + need("identitySignature"), lengths
        ),
    )
    check("photo", lambda: hashlib.new(NAMES[len(photo_digest)], need("photo")).digest() == photo_digest)
    check("chip", lambda: tags.get(0x02) == read("chipNumber"))
    check("registry", lambda: issued_by(registry, root))
    if root.subject.rfc4514_string().endswith("C=BE") and "Belgium Root" in root.subject.rfc4514_string():
        # No root of Belgium's is behind an emulated card.
        wrong.append("root")
    elif not is_known:
        missing.append("root")
    if int((folder / "applet").read_text()) >= 0x18 or 0x1A in tags:
        check("basic key", lambda: hashlib.sha384(der(need("basicKey"))).digest() == tags[0x1A])
        check("chip's answer", lambda: answers(der(need("basicKey")), need("challenge"), need("response")))
    if wrong:
        return "forged", wrong
    if missing:
        return "cannotBeChecked", missing
    # The root may have been issued anew since; the newer of the two counts.
    ends = [registry.not_valid_after_utc, max(root.not_valid_after_utc, trusted.not_valid_after_utc)]
    return ("chainExpired" if time > min(ends) else "revocationNotChecked"), []


def answers(key, challenge, response):
    numbers = (int.from_bytes(response[:48], "big"), int.from_bytes(response[48:], "big"))
    try:
        serialization.load_der_public_key(key).verify(
            utils.encode_dss_signature(*numbers), challenge, ec.ECDSA(utils.Prehashed(hashes.SHA384()))
        )
        return True
    except InvalidSignature:
        return False


def main():
    if sys.argv[1:] == ["--can"]:
        return
    for name in sys.argv[1:]:
        try:
            verdict, why = prove(pathlib.Path(name))
        except Missing as problem:
            verdict, why = "cannotBeChecked", [str(problem)]
        print(verdict, *why)


main()
