#!/usr/bin/env python3
"""Verifies and makes compact JWS (ES256) with the Python package cryptography.

usage: packet-jws.py --can
       packet-jws.py verify PUBLIC.PEM STATEMENT      prints the payload
       packet-jws.py sign PRIVATE.PEM TYPE PAYLOAD    prints the statement
"""

import base64
import hashlib
import json
import sys

try:
    from cryptography.hazmat.primitives import hashes, serialization
    from cryptography.hazmat.primitives.asymmetric import ec, utils
except ImportError as problem:
    print(f"cannot: {problem}")
    sys.exit(75)

ES256 = ec.ECDSA(hashes.SHA256())


def encode(data):
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()


def decode(text):
    return base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))


def thumbprint(key):
    numbers = key.public_numbers()
    x, y = (encode(number.to_bytes(32, "big")) for number in (numbers.x, numbers.y))
    members = {"crv": "P-256", "kty": "EC", "x": x, "y": y}
    return encode(hashlib.sha256(json.dumps(members, sort_keys=True, separators=(",", ":")).encode()).digest())


def read(path):
    with open(path, "rb") as file:
        return file.read()


def verify(pem, path):
    key = serialization.load_pem_public_key(read(pem))
    header, payload, signature = read(path).decode().split(".")
    claimed = json.loads(decode(header))
    assert claimed["alg"] == "ES256" and claimed["kid"] == thumbprint(key), "another header"
    raw = decode(signature)
    assert len(raw) == 64, "another signature"
    der = utils.encode_dss_signature(int.from_bytes(raw[:32], "big"), int.from_bytes(raw[32:], "big"))
    key.verify(der, f"{header}.{payload}".encode(), ES256)
    return decode(payload).decode()


def sign(pem, kind, path):
    key = serialization.load_pem_private_key(read(pem), None)
    # Another order and other white space than ours, which any reader must take.
    header = json.dumps({"typ": kind, "alg": "ES256", "kid": thumbprint(key.public_key())}, indent=1)
    signed = f"{encode(header.encode())}.{encode(read(path))}"
    r, s = utils.decode_dss_signature(key.sign(signed.encode(), ES256))
    return f"{signed}.{encode(r.to_bytes(32, 'big') + s.to_bytes(32, 'big'))}"


if sys.argv[1] != "--can":
    print({"verify": verify, "sign": sign}[sys.argv[1]](*sys.argv[2:]), end="")
