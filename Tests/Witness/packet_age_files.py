"""Makes age files of every class that the age v1 specification and its public test vectors know. Nothing here
is code of this project: stanzas, header, stream and armour are written from the specification over the Python
package cryptography. `packet-age-vectors.py` opens them."""

import base64
import collections
import hashlib
import hmac
import random

from cryptography.hazmat.primitives import hpke
from cryptography.hazmat.primitives.asymmetric import mlkem, x25519
from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305

CHUNK = 65536
SUCCESS, HEADER, HMAC, PAYLOAD, NO_MATCH, ARMOR = (
    "success", "header failure", "HMAC failure", "payload failure", "no match", "armor failure")
BEGIN, END = b"-----BEGIN AGE ENCRYPTED FILE-----\n", b"-----END AGE ENCRYPTED FILE-----\n"
HYBRID_INFO = b"age-encryption.org/mlkem768x25519"
SUITE = hpke.Suite(hpke.KEM.MLKEM768_X25519, hpke.KDF.HKDF_SHA256, hpke.AEAD.CHACHA20_POLY1305)
ALPHABET = "qpzry9x8gf2tvdw0s3jn54khce6mua7l"
# Seeded again by `make`; the shares of hybrid stanzas alone come from the system.
chance = random.Random()


# Encodings.

def b64(data):
    return base64.b64encode(data).rstrip(b"=")


def set_low_bit(text):
    """The same bytes with an unused bit of the last character set: not canonical."""
    alphabet = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/"
    return text[:-1] + bytes([alphabet[alphabet.index(text[-1]) | 1]])


def bech32(prefix, data):
    def polymod(values):
        check = 1
        for value in values:
            top, check = check >> 25, (check & 0x1FFFFFF) << 5 ^ value
            for bit, term in enumerate((0x3B6A57B2, 0x26508E6D, 0x1EA119FA, 0x3D4233DD, 0x2A1462B3)):
                check ^= term if top >> bit & 1 else 0
        return check

    bits = "".join(f"{byte:08b}" for byte in data)
    bits += "0" * (-len(bits) % 5)
    groups = [int(bits[i:i + 5], 2) for i in range(0, len(bits), 5)]
    head = [ord(c) >> 5 for c in prefix] + [0] + [ord(c) & 31 for c in prefix]
    check = polymod(head + groups + [0] * 6) ^ 1
    return prefix + "1" + "".join(ALPHABET[g] for g in groups + [check >> 5 * (5 - i) & 31 for i in range(6)])


def armored(file, columns=64):
    text = base64.b64encode(file)
    return BEGIN + b"".join(text[i:i + columns] + b"\n" for i in range(0, len(text), columns)) + END


# Keys and stanzas.

def hkdf(key, salt, info):
    return hmac.digest(hmac.digest(salt or bytes(32), key, "sha256"), info + b"\x01", "sha256")


def wrap(key, file_key):
    return ChaCha20Poly1305(key).encrypt(bytes(12), file_key, None)


class X25519Key:
    def __init__(self):
        secret = chance.randbytes(32)
        self.private = x25519.X25519PrivateKey.from_private_bytes(secret)
        self.public = self.private.public_key().public_bytes_raw()
        self.identity = bech32("age-secret-key-", secret).upper()

    def parts(self, file_key):
        ephemeral = x25519.X25519PrivateKey.from_private_bytes(chance.randbytes(32))
        share = ephemeral.public_key().public_bytes_raw()
        secret = ephemeral.exchange(x25519.X25519PublicKey.from_public_bytes(self.public))
        key = hkdf(secret, share + self.public, b"age-encryption.org/v1/X25519")
        return [b"X25519", b64(share)], wrap(key, file_key)


class HybridKey:
    def __init__(self):
        seed = chance.randbytes(32)
        long = hashlib.shake_256(seed).digest(96)
        lattice = mlkem.MLKEM768PrivateKey.from_seed_bytes(long[:64])
        curve = x25519.X25519PrivateKey.from_private_bytes(long[64:])
        self.public = hpke.MLKEM768X25519PublicKey(lattice.public_key(), curve.public_key())
        raw = lattice.public_key().public_bytes_raw() + curve.public_key().public_bytes_raw()
        self.recipient = bech32("age1pq", raw)
        self.identity = bech32("age-secret-key-pq-", seed).upper()

    def parts(self, file_key):
        sealed = SUITE.encrypt(file_key, self.public, HYBRID_INFO)
        return [b"mlkem768x25519", b64(sealed[:1120])], sealed[1120:]


class Passphrase:
    def __init__(self, phrase, factor=10):
        self.phrase, self.factor = phrase, factor

    def parts(self, file_key):
        salt = chance.randbytes(16)
        key = hashlib.scrypt(
            self.phrase.encode(), salt=b"age-encryption.org/v1/scrypt" + salt, n=1 << self.factor, r=8, p=1,
            maxmem=(1 << 31) - 1, dklen=32)
        return [b"scrypt", b64(salt), str(self.factor).encode()], wrap(key, file_key)


def stanza(words, body):
    text = body if isinstance(body, Text) else b64(body)
    lines = [text[i:i + 64] for i in range(0, len(text) + 1, 64)]
    return b"-> " + b" ".join(words) + b"\n" + b"".join(line + b"\n" for line in lines)


class Text(bytes):
    """Base64 that is to stand as it is."""


# Files.

FILE_KEY = bytes(range(16))
VERSION = b"age-encryption.org/v1\n"


def mac(text, key=None):
    return b64(hmac.digest(hkdf(key or FILE_KEY, b"", b"header"), text, "sha256"))


def header(*stanzas, version=VERSION, key=None):
    text = version + b"".join(stanzas) + b"---"
    return text + b" " + mac(text, key) + b"\n"


def seal_chunk(index, final, plain, nonce):
    box = ChaCha20Poly1305(hkdf(FILE_KEY, nonce, b"payload"))
    return box.encrypt(index.to_bytes(11, "big") + bytes([final]), plain, None)


def payload(plain=b"age", chunks=None):
    """The nonce and the chunks; `chunks` is a list of (plaintext, final) instead of the right ones."""
    nonce = chance.randbytes(16)
    pieces = [plain[i:i + CHUNK] for i in range(0, len(plain), CHUNK)] or [b""]
    chunks = chunks or [(piece, i == len(pieces) - 1) for i, piece in enumerate(pieces)]
    return nonce + b"".join(seal_chunk(i, final, piece, nonce) for i, (piece, final) in enumerate(chunks))


# `digest` is the SHA-256 of all that comes out, also before a failure.
Vector = collections.namedtuple("Vector", "name expect file digest identities passphrases")
vectors = []
key = other = hybrid = other_hybrid = None
phrase = Passphrase("password")


def vector(name, expect, file, released=b"", identities=None, passphrases=()):
    identities = (key,) if identities is None else identities
    vectors.append(Vector(
        name, expect, file, hashlib.sha256(released).hexdigest(), [k.identity for k in identities], [p.phrase for p in passphrases]))


def own(recipient=None, *, words=None, body=None, extra=b"", before=b""):
    """A whole good file but for what is given."""
    parts = (recipient or key).parts(FILE_KEY)
    return header(
        before, stanza(words or parts[0], parts[1] if body is None else body), extra) + payload()


GOOD = b"age"


def make_x25519():
    words, body = key.parts(FILE_KEY)
    vector("x25519", SUCCESS, own(), GOOD)
    vector("x25519_multiple_recipients", SUCCESS, own(before=stanza(*other.parts(FILE_KEY))), GOOD)
    vector("x25519_second_identity", SUCCESS, own(), GOOD, identities=(other, key))
    vector("x25519_and_passphrase_given", SUCCESS, own(), GOOD, passphrases=(phrase,))
    vector("x25519_grease", SUCCESS, own(
        before=stanza([b"grease", b"!#$%", b"~"], b""), extra=stanza([b"x25519-grease"], chance.randbytes(100))), GOOD)
    vector("x25519_no_match", NO_MATCH, own(), identities=(other,))
    vector("x25519_hybrid_identity", NO_MATCH, own(), identities=(hybrid,))
    vector("x25519_only_passphrase_given", NO_MATCH, own(), identities=(), passphrases=(phrase,))
    vector("x25519_lowercase", NO_MATCH, own(words=[b"x25519", words[1]], body=body))
    vector("x25519_bad_tag", NO_MATCH, own(words=words, body=body[:-1] + bytes([body[-1] ^ 1])))
    vector("x25519_extra_argument", HEADER, own(words=words + [b"1234"], body=body))
    vector("x25519_missing_argument", HEADER, own(words=words[:1], body=body))
    share = base64.b64decode(words[1] + b"=")
    vector("x25519_short_share", HEADER, own(words=[b"X25519", b64(share[:31])], body=body))
    vector("x25519_long_share", HEADER, own(words=[b"X25519", b64(share + b"\0")], body=body))
    vector("x25519_not_canonical_share", HEADER, own(words=[b"X25519", set_low_bit(words[1])], body=body))
    vector("x25519_padded_share", HEADER, own(words=[b"X25519", words[1] + b"="], body=body))
    vector("x25519_not_canonical_body", HEADER, own(words=words, body=Text(set_low_bit(b64(body)))))
    long = X25519Key.parts(key, FILE_KEY + b"\0" * 8)
    vector("x25519_long_file_key", HEADER, own(words=long[0], body=long[1]))
    short = X25519Key.parts(key, FILE_KEY[:15])
    vector("x25519_short_file_key", HEADER, own(words=short[0], body=short[1]))
    zero = wrap(hkdf(bytes(32), bytes(32) + key.public, b"age-encryption.org/v1/X25519"), FILE_KEY)
    vector("x25519_identity", HEADER, own(words=[b"X25519", b64(bytes(32))], body=zero))
    low = bytes.fromhex("5f9c95bca3508c24b1d0b1559c83ef5b04445cc4581c8e86d8224eddd09f1157")
    vector("x25519_low_order", HEADER, own(
        words=[b"X25519", b64(low)],
        body=wrap(hkdf(bytes(32), low + key.public, b"age-encryption.org/v1/X25519"), FILE_KEY)))
    bad = stanza(words + [b"1234"], body)
    vector("x25519_malformed_first", HEADER, own(before=bad))
    vector("x25519_malformed_after_match", SUCCESS, own(extra=bad), GOOD)
    vector("x25519_beside_malformed_hybrid", SUCCESS, own(before=stanza([b"mlkem768x25519"], b"")), GOOD)
    vector("x25519_beside_scrypt_type_lowercase", SUCCESS, own(before=stanza([b"Scrypt"], b"")), GOOD)


def make_hybrid():
    words, body = hybrid.parts(FILE_KEY)
    mine = dict(identities=(hybrid,))
    vector("hybrid", SUCCESS, own(hybrid), GOOD, **mine)
    vector("hybrid_multiple_recipients", SUCCESS, own(hybrid, before=stanza(*other_hybrid.parts(FILE_KEY))), GOOD, **mine)
    vector("hybrid_and_x25519", SUCCESS, own(hybrid, extra=stanza(*key.parts(FILE_KEY))), GOOD, **mine)
    vector("x25519_and_hybrid", SUCCESS, own(hybrid, extra=stanza(*key.parts(FILE_KEY))), GOOD)
    vector("hybrid_grease", SUCCESS, own(hybrid, before=stanza([b"grease"], chance.randbytes(48))), GOOD, **mine)
    vector("hybrid_both_identities", SUCCESS, own(hybrid), GOOD, identities=(key, other_hybrid, hybrid))
    vector("hybrid_long_payload", SUCCESS,
           header(stanza(words, body)) + payload(b"h" * (3 * CHUNK + 9)), b"h" * (3 * CHUNK + 9), **mine)
    vector("hybrid_no_match", NO_MATCH, own(hybrid), identities=(other_hybrid,))
    vector("hybrid_x25519_identity", NO_MATCH, own(hybrid))
    vector("hybrid_uppercase", NO_MATCH, own(words=[b"MLKEM768X25519", words[1]], body=body), **mine)
    vector("hybrid_bad_tag", NO_MATCH, own(words=words, body=bytes([body[0] ^ 1]) + body[1:]), **mine)
    share = base64.b64decode(words[1] + b"==")
    changed = bytes([share[0] ^ 1]) + share[1:]
    vector("hybrid_currupted_enc_mlkem", NO_MATCH, own(words=[words[0], b64(changed)], body=body), **mine)
    curve = share[:1088] + bytes([share[1088] ^ 1]) + share[1089:]
    vector("hybrid_currupted_enc_x25519", NO_MATCH, own(words=[words[0], b64(curve)], body=body), **mine)
    vector("hybrid_extra_argument", HEADER, own(words=words + [b"x"], body=body), **mine)
    vector("hybrid_missing_argument", HEADER, own(words=words[:1], body=body), **mine)
    vector("hybrid_short_share", HEADER, own(words=[words[0], b64(share[:-1])], body=body), **mine)
    vector("hybrid_long_share", HEADER, own(words=[words[0], b64(share + b"\0")], body=body), **mine)
    vector("hybrid_not_canonical_enc", HEADER, own(words=[words[0], set_low_bit(words[1])], body=body), **mine)
    vector("hybrid_not_canonical_body", HEADER, own(words=words, body=Text(set_low_bit(b64(body)))), **mine)
    long = hybrid.parts(FILE_KEY + bytes(8))
    vector("hybrid_long_file_key", HEADER, own(words=long[0], body=long[1]), **mine)
    vector("hybrid_short_body", HEADER, own(words=words, body=body[:-1]), **mine)
    vector("hybrid_identity", HEADER, own(words=[words[0], b64(share[:1088] + bytes(32))], body=body), **mine)
    low = bytes.fromhex("e0eb7a7c3b41b8ae1656e3faf19fc46ada098deb9c32b1fd866205165f49b800")
    vector("hybrid_low_order", HEADER, own(words=[words[0], b64(share[:1088] + low)], body=body), **mine)
    vector("hybrid_malformed_first", HEADER, own(hybrid, before=stanza(words[:1], body)), **mine)
    vector("hybrid_x25519_arg", HEADER, own(words=[b"X25519", words[1]], body=body), identities=(key, hybrid))
    vector("hybrid_hmac", HMAC, header(stanza(words, body), key=bytes(16)) + payload(), **mine)


def make_scrypt():
    words, body = phrase.parts(FILE_KEY)
    mine = dict(identities=(), passphrases=(phrase,))

    def factor(text):
        return own(words=[b"scrypt", words[1], text], body=body)

    vector("scrypt", SUCCESS, own(phrase), GOOD, **mine)
    vector("scrypt_second_passphrase", SUCCESS, own(phrase), GOOD, identities=(), passphrases=(Passphrase("other"), phrase))
    vector("scrypt_and_identity_given", SUCCESS, own(phrase), GOOD, identities=(key,), passphrases=(phrase,))
    blank = Passphrase(" caf\u00e9 with blanks ")
    vector("scrypt_passphrase_with_blanks", SUCCESS, own(blank), GOOD, identities=(), passphrases=(blank,))
    vector("scrypt_work_factor_18", SUCCESS, own(Passphrase("password", 18)), GOOD, **mine)
    vector("scrypt_work_factor_1", SUCCESS, own(Passphrase("password", 1)), GOOD, **mine)
    vector("scrypt_no_match", NO_MATCH, own(phrase), identities=(), passphrases=(Passphrase("other"),))
    vector("scrypt_only_identity_given", NO_MATCH, own(phrase))
    vector("scrypt_bad_tag", NO_MATCH, own(words=words, body=body[:-1] + bytes([body[-1] ^ 1])), **mine)
    vector("scrypt_uppercase", NO_MATCH, own(words=[b"SCRYPT"] + words[1:], body=body), **mine)
    vector("scrypt_work_factor_wrong", NO_MATCH, factor(b"11"), **mine)
    for name, text in (
            ("23", b"23"), ("hex", b"0xa"), ("leading_plus", b"+10"), ("leading_zero_decimal", b"010"),
            ("leading_zero_octal", b"012"), ("negative", b"-10"), ("overflow", b"18446744073709551626"),
            ("leading_garbage", b"aaaa10"), ("trailing_garbage", b"10aaaa"), ("zero", b"0"), ("255", b"255"), ("31", b"31"),
            ("63", b"63"), ("64", b"64")):
        vector(f"scrypt_work_factor_{name}", HEADER, factor(text), **mine)
    vector("scrypt_work_factor_missing", HEADER, own(words=words[:2], body=body), **mine)
    vector("scrypt_extra_argument", HEADER, own(words=words + [b"10"], body=body), **mine)
    vector("scrypt_salt_missing", HEADER, own(words=[b"scrypt", b"10"], body=body), **mine)
    salt = base64.b64decode(words[1] + b"==")
    vector("scrypt_salt_short", HEADER, own(words=[b"scrypt", b64(salt[:15]), b"10"], body=body), **mine)
    vector("scrypt_salt_long", HEADER, own(words=[b"scrypt", b64(salt + b"\0"), b"10"], body=body), **mine)
    vector("scrypt_not_canonical_salt", HEADER, own(words=[b"scrypt", set_low_bit(words[1]), b"10"], body=body), **mine)
    vector("scrypt_not_canonical_body", HEADER, own(words=words, body=Text(set_low_bit(b64(body)))), **mine)
    long = phrase.parts(FILE_KEY + bytes(8))
    vector("scrypt_long_file_key", HEADER, own(words=long[0], body=long[1]), **mine)
    vector("scrypt_double", HEADER, own(phrase, extra=stanza(*phrase.parts(FILE_KEY))), **mine)
    vector("scrypt_and_x25519", HEADER, own(phrase, extra=stanza(*key.parts(FILE_KEY))), **mine)
    vector("x25519_and_scrypt", HEADER, own(key, extra=stanza(*phrase.parts(FILE_KEY))))
    vector("scrypt_and_grease", HEADER, own(phrase, extra=stanza([b"grease"], b"")), **mine)
    vector("scrypt_hmac", HMAC, header(stanza(words, body), key=bytes(16)) + payload(), **mine)


def make_header():
    words, body = key.parts(FILE_KEY)
    good = stanza(words, body)
    text = VERSION + good + b"---"
    own_mac = mac(text)

    def end(line, expect=HEADER, name=None):
        vector(name, expect, VERSION + good + line + payload())

    vector("empty", HEADER, b"")
    vector("only_line_feed", HEADER, b"\n")
    vector("only_version", HEADER, VERSION)
    for name, version in (
            ("unsupported", b"age-encryption.org/v1234\n"), ("v2", b"age-encryption.org/v2\n"),
            ("other_tool", b"age-encryption.com/v1\n"), ("trailing_space", b"age-encryption.org/v1 \n"),
            ("leading_space", b" age-encryption.org/v1\n"), ("crlf", b"age-encryption.org/v1\r\n"),
            ("uppercase", b"AGE-ENCRYPTION.ORG/v1\n"), ("blank_line_first", b"\nage-encryption.org/v1\n")):
        vector(f"version_{name}", HEADER, header(good, version=version) + payload())
    crlf = text.replace(b"\n", b"\r\n")
    vector("header_crlf", HEADER, crlf + b" " + mac(crlf) + b"\r\n" + payload())
    vector("header_no_stanza", HEADER, header() + payload())
    end(b"--- " + mac(b"other") + b"\n", HMAC, "hmac_bad")
    end(b"---  " + own_mac + b"\n", name="hmac_extra_space")
    end(b"--- " + own_mac + b"garbage\n", name="hmac_garbage")
    end(b"---\n", name="hmac_missing")
    end(b"--- \n", name="hmac_empty")
    end(b"---" + own_mac + b"\n", name="hmac_no_space")
    end(b"--- " + set_low_bit(own_mac) + b"\n", name="hmac_not_canonical")
    end(b"--- " + own_mac + b"=\n", name="hmac_padding")
    end(b"--- " + own_mac + b" \n", name="hmac_trailing_space")
    end(b"--- " + own_mac[:4] + b"\n", name="hmac_truncated")
    end(b"--- " + b64(chance.randbytes(33)) + b"\n", name="hmac_long")
    end(b"--- " + own_mac + b"\r\n", name="hmac_cr")
    end(b"----" + own_mac + b"\n", name="hmac_four_dashes")
    vector("hmac_over_added_stanza", HMAC, VERSION + good + stanza([b"added"], b"") + b"--- " + own_mac + b"\n" + payload())
    many = b"".join(stanza([b"grease", b"x" * 900], chance.randbytes(500)) for _ in range(30))
    vector("header_large", SUCCESS, own(before=many), GOOD)
    vector("header_long_argument", SUCCESS, own(before=stanza([b"grease", b"y" * 20000], b"")), GOOD)
    vector("header_many_stanzas", SUCCESS, own(before=b"-> g\n\n" * 10000), GOOD)
    # The format names no limit; ours is 64 KiB, the last line feed included.
    room = (64 << 10) - len(header(good, b"-> grease \n\n"))
    for name, size, expect in (("longest", room, SUCCESS), ("too_long", room + 1, HEADER)):
        long = b"-> grease " + b"y" * size + b"\n\n"
        vector(f"header_{name}", expect, header(good, long) + payload(), GOOD if expect == SUCCESS else b"")
    vector("header_without_end", HEADER, VERSION + b"-> grease\n\n" * 20000)
    vector("header_endless_line", HEADER, VERSION + b"-> " + b"z" * 200000)


def make_stanzas():
    def beside(name, lines, expect=HEADER, released=b""):
        vector(f"stanza_{name}", expect, own(extra=lines), released)

    beside("bad_start", b"-- stanza\n\n")
    beside("no_space", b"->stanza\n\n")
    beside("tab", b"->\tstanza\n\n")
    beside("base64_padding", b"-> stanza\nAAA=\n")
    beside("empty_argument", b"-> stanza  argument\n\n")
    beside("trailing_space", b"-> stanza argument \n\n")
    beside("leading_space", b"->  stanza\n\n")
    beside("empty_body", b"-> empty\n\n", SUCCESS, GOOD)
    beside("empty_last_line", b"-> stanza\n" + b64(bytes(48)) + b"\n\n", SUCCESS, GOOD)
    beside("two_full_lines", b"-> stanza\n" + b64(bytes(96))[:64] + b"\n" + b64(bytes(96))[64:] + b"\n\n", SUCCESS, GOOD)
    beside("full_length_last_line", b"-> stanza\n" + b64(bytes(48)) + b"\n")
    beside("invalid_character", b"-> st\x7fanza\n\n")
    beside("control_character", b"-> st\x01anza\n\n")
    beside("eight_bit_character", "-> st\u00e8nza\n\n".encode())
    beside("invalid_base64", b"-> stanza\nA*==\n")
    beside("length_1_mod_4", b"-> stanza\nAAAAA\n")
    beside("long_line", b"-> stanza\n" + b64(bytes(49)) + b"\n\n")
    beside("missing_body", b"-> stanza\n")
    beside("missing_final_line", b"-> stanza\n" + b64(bytes(48)) + b"\n")
    beside("multiple_short_lines", b"-> stanza\n" + b64(bytes(16)) + b"\n" + b64(bytes(16)) + b"\n")
    beside("no_arguments", b"->\n\n")
    beside("only_space", b"-> \n\n")
    beside("not_canonical", b"-> stanza\nAB\n")
    beside("spurious_cr", b"-> stanza\nAAAA\r\n")
    beside("cr_in_arguments", b"-> stanza\r\n\n")
    beside("url_alphabet", b"-> stanza\n__-_\n")
    letters = bytes(range(0x21, 0x7F))
    beside("valid_characters", b"-> " + letters + b" " + letters[::-1] + b"\n\n", SUCCESS, GOOD)


def make_stream():
    words, body = key.parts(FILE_KEY)
    head = header(stanza(words, body))
    a, b = b"a" * CHUNK, b"b" * CHUNK

    def stream(name, expect, tail, released=b""):
        vector(f"stream_{name}", expect, head + tail, released)

    def chunked(name, expect, chunks, released=b"", cut=None, more=b"", flip=None):
        tail = bytearray(payload(chunks=chunks))
        if flip is not None:
            tail[flip] ^= 1
        stream(name, expect, bytes(tail[:cut]) + more, released)

    stream("no_nonce", HEADER, b"")
    stream("short_nonce", HEADER, bytes(15))
    stream("no_chunks", PAYLOAD, bytes(16))
    stream("empty_payload", SUCCESS, payload(b""))
    for name, plain in (("three_chunks", a + b + b"c"), ("two_chunks", a + b"b"), ("last_chunk_full", a),
                        ("last_chunk_full_second", a + b), ("one_less", a[1:]), ("one_more", a + b"b"),
                        ("forty_chunks", chance.randbytes(40 * CHUNK - 1)), ("257_chunks", a * 256 + b"b"),
                        ("257_chunks_full", a * 256 + b), ("258_chunks", a * 257 + b"b")):
        stream(name, SUCCESS, payload(plain), plain)
    chunked("bad_tag", PAYLOAD, [(b"age", True)], flip=-1)
    chunked("bad_ciphertext", PAYLOAD, [(b"age", True)], flip=17)
    chunked("bad_nonce", PAYLOAD, [(b"age", True)], flip=0)
    chunked("bad_tag_second_chunk", PAYLOAD, [(a, False), (b"b", True)], a, flip=-1)
    chunked("bad_tag_second_chunk_full", PAYLOAD, [(a, False), (b, True)], a, flip=-1)
    chunked("bad_tag_first_chunk_full", PAYLOAD, [(a, False), (b, True)], flip=16 + CHUNK)
    chunked("missing_tag", PAYLOAD, [(b"age", True)], cut=-16)
    chunked("cut_tag", PAYLOAD, [(b"age", True)], cut=-1)
    chunked("only_part_of_tag", PAYLOAD, [(b"", True)], cut=-1)
    chunked("no_final", PAYLOAD, [(b"age", False)])
    chunked("no_final_empty", PAYLOAD, [(b"", False)])
    chunked("no_final_full", PAYLOAD, [(a, False)], a)
    chunked("no_final_two_chunks", PAYLOAD, [(a, False), (b"b", False)], a)
    chunked("no_final_two_chunks_full", PAYLOAD, [(a, False), (b, False)], a + b)
    chunked("last_chunk_empty", PAYLOAD, [(a, False), (b"", True)], a)
    chunked("last_chunk_empty_after_two", PAYLOAD, [(a, False), (b, False), (b"", True)], a + b)
    chunked("short_chunk", PAYLOAD, [(a[1:], False), (b"b", True)])
    chunked("short_second_chunk", PAYLOAD, [(a, False), (b[1:], False), (b"c", True)], a)
    chunked("trailing_garbage_short", PAYLOAD, [(a, True)], a, more=b"g")
    chunked("trailing_garbage_long", PAYLOAD, [(a, True)], a, more=b"g" * 2 * CHUNK)
    chunked("trailing_garbage_after_short", PAYLOAD, [(b"age", True)], more=b"g")
    chunked("two_final_chunks", PAYLOAD, [(a, True), (b"b", True)], a)
    chunked("two_final_chunks_short", PAYLOAD, [(b"a", True), (b"b", True)])
    chunked("two_final_chunks_full", PAYLOAD, [(a, True), (b, True)], a)
    chunked("two_final_chunks_second", PAYLOAD, [(a, False), (b, True), (b"c", True)], a + b)
    chunked("cut_between_chunks", PAYLOAD, [(a, False), (b"b", True)], a, cut=16 + CHUNK + 16)
    chunked("cut_in_second_chunk", PAYLOAD, [(a, False), (b, True)], a, cut=16 + CHUNK + 500)
    nonce = chance.randbytes(16)
    stream("swapped_chunks", PAYLOAD, nonce + seal_chunk(1, False, b, nonce) + seal_chunk(0, False, a, nonce)
           + seal_chunk(2, True, b"c", nonce))
    stream("repeated_chunk", PAYLOAD, nonce + seal_chunk(0, False, a, nonce) * 2 + seal_chunk(1, True, b"b", nonce), a)


def make_armor():
    good = own()
    text = armored(good)
    lines = text.split(b"\n")
    mine = lines[1:-2]

    def whole(body, begin=BEGIN, end=END):
        return begin + b"".join(line + b"\n" for line in body) + end

    def armor(name, file, expect=ARMOR, released=b""):
        vector(f"armor_{name}", expect, file, released)

    armor("x25519", text, SUCCESS, GOOD)
    armor("crlf", text.replace(b"\n", b"\r\n"), SUCCESS, GOOD)
    armor("no_eol", text[:-1], SUCCESS, GOOD)
    armor("whitespace_outside", b"\n   \t\n" + text + b"\n   \t\n", SUCCESS, GOOD)
    armor("much_whitespace_outside", b" " * 900 + b"\n" + text + b"\n" * 900, SUCCESS, GOOD)
    head = header(stanza(*key.parts(FILE_KEY)))
    for size in range(1, 49):
        file = head + payload(b"x" * size)
        if len(file) % 48 == 0:
            armor("full_last_line", armored(file), SUCCESS, b"x" * size)
            armor("empty_last_line", armored(file).replace(END, b"\n" + END))
    plain = chance.randbytes(3 * CHUNK + 1)
    armor("long", armored(head + payload(plain)), SUCCESS, plain)
    vector("armor_scrypt", SUCCESS, armored(own(phrase)), GOOD, identities=(), passphrases=(phrase,))
    vector("armor_hybrid", SUCCESS, armored(own(hybrid)), GOOD, identities=(hybrid,))
    vector("armor_no_match", NO_MATCH, text, identities=(other,))
    armor("hmac", armored(head[:-2] + b"A\n" + payload()) if head[-2:-1] != b"A" else text, HMAC)
    crlf = head.replace(b"\n", b"\r\n")
    armor("header_crlf", armored(crlf + payload()), HEADER)
    armor("empty", BEGIN + END, HEADER)
    full = head + payload(b"a" * CHUNK)
    armor("garbage_encoded", armored(full + b"garbage"), PAYLOAD, b"a" * CHUNK)
    armor("payload_cut", armored(full[:-1]), PAYLOAD)
    armor("empty_line_begin", whole([b""] + mine))
    armor("empty_line_end", whole(mine + [b""]))
    armor("empty_line_inside", whole(mine[:2] + [b""] + mine[2:]))
    armor("garbage_leading", b"garbage\n" + text)
    armor("garbage_trailing", text + b"garbage\n")
    armor("garbage_after_end_line", text[:-1] + b"garbage\n")
    armor("two_blocks", text + text)
    armor("headers", BEGIN + b"Comment: none\n\n" + text[len(BEGIN):])
    armor("invalid_character_header", whole([b"YWdl*" + mine[0][5:]] + mine[1:]))
    armor("invalid_character_payload", whole(mine[:-1] + [b"*" + mine[-1][1:]]))
    armor("long_line", armored(good, 68))
    armor("very_long_line", BEGIN + base64.b64encode(good) + b"\n" + END)
    armor("short_line", armored(good, 60))
    armor("one_short_line", whole([mine[0][:60], mine[0][60:]] + mine[1:]))
    armor("lowercase", text.replace(b"BEGIN AGE ENCRYPTED FILE", b"begin age encrypted file").replace(
        b"END AGE ENCRYPTED FILE", b"end age encrypted file"))
    armor("end_lowercase", text.replace(b"END AGE", b"end age"))
    armor("wrong_type", text.replace(b"FILE", b"MESSAGE"))
    armor("no_end_line", text[:-len(END)])
    armor("cut_end_line", text[:-3])
    armor("no_begin_line", text[len(BEGIN):])
    armor("begin_line_twice", BEGIN + text)
    two = next(f for f in (header(stanza(*key.parts(FILE_KEY))) + payload(b"x" * n) for n in (1, 2, 3)) if len(f) % 3 == 1)
    padded = base64.b64encode(two)
    rows = [padded[i:i + 64] for i in range(0, len(padded), 64)]
    armor("padding", whole(rows), SUCCESS, b"x" * (len(two) - len(head) - 32))
    armor("no_padding", whole(rows[:-1] + [rows[-1].rstrip(b"=")]))
    armor("eol_between_padding", whole(rows[:-1] + [rows[-1][:-1], b"="]))
    armor("not_canonical", whole(rows[:-1] + [set_low_bit(rows[-1].rstrip(b"=")) + b"=="]))
    armor("pgp_checksum", whole(mine + [b"=njUN"]))
    armor("whitespace_begin", text.replace(b"-----BEGIN AGE ENCRYPTED FILE-----", b"----- BEGIN AGE ENCRYPTED FILE -----"))
    armor("whitespace_end", text.replace(b"-----END AGE ENCRYPTED FILE-----", b"----- END AGE ENCRYPTED FILE -----"))
    armor("space_after_begin_line", text.replace(BEGIN, BEGIN[:-1] + b" \n"))
    armor("space_before_begin_line", b" " + text)
    armor("whitespace_eol", whole([mine[0] + b" "] + mine[1:]))
    armor("whitespace_last_line", whole(mine[:-1] + [mine[-1] + b" "]))
    armor("whitespace_line_start", whole([b" " + mine[0]] + mine[1:]))
    armor("too_much_whitespace", b"\n" * 2000 + text)
    armor("too_much_whitespace_after", text + b"\n" * 2000)
    armor("cr_only", text.replace(b"\n", b"\r"))


def make(seed):
    """All of them, the same for the same seed but for hybrid shares."""
    global key, other, hybrid, other_hybrid
    chance.seed(seed)
    key, other, hybrid, other_hybrid = X25519Key(), X25519Key(), HybridKey(), HybridKey()
    for part in (make_x25519, make_hybrid, make_scrypt, make_header, make_stanzas, make_stream, make_armor):
        part()
    names = [vector.name for vector in vectors]
    assert len(set(names)) == len(names), "two files of one name"
    return vectors
