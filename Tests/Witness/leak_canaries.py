#!/usr/bin/env python3
"""Canaries for leak-canaries.sh: an invented person in whose every field stands something that is nowhere else.

    leak_canaries.py make SEED CARD AUTHORITY PICTURE OUT   the person's card, portrait, ink and scripts, into OUT
    leak_canaries.py visit SEED OUT                         the same without a card, for the emulated kit
    leak_canaries.py know OUT DOCUMENT FINGER.PGM           what must not be found, with the pictures of an opened packet
    leak_canaries.py search OUT NAME PLACE...               one line of figures; ends with 1 when anything is found
    leak_canaries.py watch OUT REPORT                       arguments and environment of every process, until SIGTERM
    leak_canaries.py plain OUT FOLDER                       what a store without encryption would hold, for the control
    leak_canaries.py control OUT PLACE...                   ends with 1 unless everything is found in every form
    leak_canaries.py some OUT NAME PLACE...                 ends with 1 when nothing is found, for a control
    leak_canaries.py hold OUT                               keeps it all in memory, says so, and waits

Texts are looked for in UTF-8, base64 (each of three alignments, three spellings), hexadecimal (both cases) and
UTF-16 (both orders); of pictures and files any run of 24 bytes, in itself, in base64 and in hexadecimal.
Labels are printed, never what they stand for. Independent of the Swift sources.
"""
import base64
import glob
import hashlib
import io
import json
import os
import random
import signal
import sqlite3
import string
import sys
import time
from collections import Counter

RUN = 24  # bytes of a picture that are no chance
CASE, VISIT = "kanarie-1a", "kanarie-1"


def load(path):
    with open(path, encoding="utf-8") as file:
        return json.load(file)


def read(path):
    with open(path, "rb") as file:
        return file.read()


def write(path, data):
    with open(path, "wb") as file:
        file.write(data if isinstance(data, bytes) else data.encode())


# --- the person -----------------------------------------------------------------------------------------------


def person(chance):
    """Texts by label. Names begin with TEST, so that nobody takes them for a real person's."""
    def word(count):
        return "".join(chance.choice(string.ascii_lowercase) for _ in range(count))

    def number(year):
        first = f"{year % 100:02}{chance.randrange(1, 13):02}{chance.randrange(1, 29):02}{chance.randrange(1, 998):03}"
        return f"{first}{97 - int(first) % 97:02}"

    card = f"999{chance.randrange(10 ** 7):07}"
    card += f"{int(card) % 97 or 97:02}"
    national = number(1951)
    return {
        "surname": f"Test{word(9)}é", "givenNames": f"Test{word(8)}", "nationalNumber": national,
        "nationalNumber.written": f"{national[:2]}.{national[2:4]}.{national[4:6]}-{national[6:9]}.{national[9:]}",
        "cardNumber": card, "cardNumber.written": f"{card[:3]}-{card[3:10]}-{card[10:]}",
        "address.street": f"Test{word(9)}straat {chance.randrange(10, 99)}", "address.municipality": f"Test{word(8)}",
        "birthPlace": f"Test{word(9)}", "nationality": f"Test{word(8)}", "present.name": f"Test{word(7)} {word(7)}",
        "officer.nationalNumber": number(1960), "passphrase": " ".join(word(6) for _ in range(5)),
    }


def fields(data):
    """A card's file as a list of (tag, value), up to its filling."""
    place, found = 0, []
    while place + 2 <= len(data) and data[place]:
        length = data[place + 1]
        found.append((data[place], data[place + 2:place + 2 + length]))
        place += 2 + length
    return found


def joined(found):
    return b"".join(bytes([tag, len(value)]) + value for tag, value in found)


def noisy(picture, chance, size, grey, strength, quality):
    """A JPEG of a picture that only this seed gives."""
    import numpy
    from PIL import Image

    image = Image.open(picture).convert("L" if grey else "RGB")
    if size:
        image = image.resize(size)
    pixels = numpy.asarray(image, int)
    noise = numpy.random.default_rng(chance.randrange(2 ** 32)).integers(-strength, strength + 1, pixels.shape)
    file = io.BytesIO()
    Image.fromarray(numpy.clip(pixels + noise, 0, 255).astype("uint8")).save(file, "JPEG", quality=quality)
    return file.getvalue()


def signed_card(texts, template, authority, photo, out):
    """The template's files with this person in them, signed anew: applet 1.7, RSA and SHA-256."""
    from cryptography.hazmat.primitives import hashes, serialization
    from cryptography.hazmat.primitives.asymmetric import padding

    key = serialization.load_pem_private_key(read(f"{authority}/rsa/registry.key"), None)

    def sign(data):
        return key.sign(data, padding.PKCS1v15(), hashes.SHA256())

    os.makedirs(out)
    for name in os.listdir(template):
        write(f"{out}/{name}", read(f"{template}/{name}"))
    new = {0x01: "cardNumber", 0x06: "nationalNumber", 0x07: "surname", 0x08: "givenNames", 0x0A: "nationality",
           0x0B: "birthPlace"}
    identity = joined(
        (tag, texts[new[tag]].encode() if tag in new else hashlib.sha256(photo).digest() if tag == 0x11 else value)
        for tag, value in fields(read(f"{template}/DF014031")))
    address = joined([(1, texts["address.street"].encode()), (2, b"8000"), (3, texts["address.municipality"].encode())])
    write(f"{out}/DF014031", identity)
    write(f"{out}/DF014032", sign(identity))
    write(f"{out}/DF014033", address.ljust(117, b"\0"))
    write(f"{out}/DF014034", sign(address + sign(identity)))
    write(f"{out}/DF014035", photo)


def make(seed, template, authority, picture, out):
    chance = random.Random(seed)
    texts = person(chance)
    os.makedirs(out, exist_ok=True)
    photo = noisy(picture, chance, (140, 200), True, 25, 25)
    signed_card(texts, template, authority, photo, f"{out}/card")
    write(f"{out}/portrait.jpg", noisy(picture, chance, None, False, 3, 92))
    ink(chance, f"{out}/pad.script")
    scripts(texts, out)


def visit(seed, out):
    os.makedirs(out, exist_ok=True)
    texts = {label: text for label, text in person(random.Random(seed)).items()
             if not label.startswith(("cardNumber", "birthPlace", "nationality", "officer"))}
    texts["annex12"] = texts["nationalNumber"][::-1]
    scripts(texts, out, {"withoutCard": {"reportedMissing": {"annex12": texts["annex12"]}}})


def scripts(texts, out, more=()):
    """What the office plans, and what the officer answers: one finger, the others bandaged."""
    write(f"{out}/passphrase", texts["passphrase"] + "\n")
    write(f"{out}/officer", texts.get("officer.nationalNumber", "") + "\n")
    write(f"{out}/texts.json", json.dumps(texts))
    planned = {
        "id": CASE, "applyingFor": "eID", "present": [{"role": "carer", "name": texts["present.name"]}],
        "citizen": {"nationalNumber": texts["nationalNumber"], "surname": texts["surname"],
                    "givenNames": texts["givenNames"],
                    "birthDate": "19{}-{}-{}".format(*(texts["nationalNumber"][i:i + 2] for i in (0, 2, 4)))},
    }
    today = time.strftime("%Y-%m-%d")
    visit = {
        "id": VISIT, "plannedFor": today, "place": "home", "cases": [planned],
        "address": {"streetAndNumber": texts["address.street"], "postalCode": "8000",
                    "municipality": texts["address.municipality"]},
        "eligibility": {"reason": "bedridden", "attest": {"issuedOn": today}},
    }
    fingers = [f"{h}-{d}" for h in ("right", "left") for d in ("thumb", "index", "middle", "ring", "little")]
    answers = {"exceptions": {finger: "bandaged" for finger in fingers if finger != "right-index"},
               "choices": {"certificates": "accepted", "procedure": "normal", "cardLanguage": "nl"}, **dict(more)}
    write(f"{out}/visits.json", json.dumps([visit]))
    write(f"{out}/enrol.json", json.dumps({"officer": "OFF-1", "visit": visit, "answers": {CASE: answers}}))


def ink(chance, path):
    """The pad's ink, moved and pressed in this seed's own way."""
    import stu430_script

    strokes = [[(x + chance.randrange(90), y + chance.randrange(90), max(20, pressure - chance.randrange(60)), ms)
                for x, y, pressure, ms in stroke] for stroke in stu430_script.strokes()]
    stu430_script.strokes = lambda: strokes
    stu430_script.write(path)


# --- what must not be found -----------------------------------------------------------------------------------


def pgm(data):
    """The pixels of a binary PGM."""
    head = data.split(b"\n", 3)
    return head[3] if not head[1].startswith(b"#") else data.split(b"\n", 4)[4]


def scan_data(jpeg):
    """Behind the tables, which every JPEG of an encoder shares."""
    return jpeg[jpeg.index(b"\xff\xda") + 16:]


def know(out, document, finger):
    """Pictures as they are in a packet, and as they were before they were compressed."""
    from PIL import Image

    texts, document = load(f"{out}/texts.json"), load(document)
    files = {"finger.pixels": pgm(read(finger))}
    if os.path.isdir(f"{out}/card"):
        files["card.photo"] = scan_data(read(f"{out}/card/DF014035"))
        files["card.chipNumber"] = dict(fields(read(f"{out}/card/DF014031")))[2]
        files["card.identitySignature"] = read(f"{out}/card/DF014032")
    for sample in document["biometricData"]:
        if "image" not in sample:
            continue
        image = base64.b64decode(sample["image"])
        match sample["biometricType"]:
            case "FINGER":
                files["finger.WSQ"] = image[200:]
            case "FACE":
                files["portrait.JPEG"] = scan_data(image)
                files["portrait.pixels"] = Image.open(io.BytesIO(image)).convert("RGB").tobytes()
            case "SIGNATURE":
                files["signature.PNG"] = image[image.index(b"IDAT") + 8:]
                files["signature.points"] = base64.b64decode(sample["template"])[40:]
    missing = {"finger.WSQ", "portrait.JPEG", "signature.PNG", "signature.points"} - files.keys()
    if missing:
        sys.exit(f"the packet lacks {sorted(missing)}")
    # The scanner's own way round, and the picture's.
    files["finger.pixels.turned"] = files["finger.pixels"][::-1]
    write(f"{out}/known.json", json.dumps(
        {"texts": texts, "files": {label: base64.b64encode(data).decode() for label, data in files.items()}}))
    print(f"{len(texts)} texts and {len(files)} pictures and files, {sum(map(len, files.values()))} bytes")


def known(out):
    found = load(f"{out}/known.json")
    return found["texts"], {label: base64.b64decode(data) for label, data in found["files"].items()}


# --- the search -----------------------------------------------------------------------------------------------


def base64_forms(data, whole):
    """At each alignment, only the characters that depend on `data` alone; in each spelling."""
    for shift in range(3):
        text = base64.b64encode(bytes(shift) + data)[0 if shift == 0 else shift + 1:(shift + len(data)) * 8 // 6]
        yield f"base64+{shift}", text
        if b"/" in text or b"+" in text:
            yield f"base64+{shift}.json", text.replace(b"/", b"\\/")
            yield f"base64+{shift}.url", text.replace(b"/", b"_").replace(b"+", b"-")


def forms(texts, files):
    """(label, form, bytes, how long a run counts; 0 for the whole)."""
    for label, text in texts.items():
        data = text.encode()
        yield label, "plain", data, 0
        yield label, "hex", data.hex().encode(), 0
        yield label, "HEX", data.hex().upper().encode(), 0
        yield label, "utf16le", text.encode("utf-16-le"), 0
        yield label, "utf16be", text.encode("utf-16-be"), 0
        for form, encoded in base64_forms(data, True):
            yield label, form, encoded, 0
    for label, data in files.items():
        whole = 0 if len(data) < RUN + 8 else 1
        yield label, "plain", data, whole * RUN
        # The station never keeps these; they are here for what passes through memory.
        if label == "portrait.pixels":
            continue
        yield label, "hex", data.hex().encode(), whole * RUN * 2
        yield label, "HEX", data.hex().upper().encode(), whole * RUN * 2
        for form, encoded in base64_forms(data, False):
            yield label, form, encoded, whole * RUN * 4 // 3


class Search:
    """Every 8 bytes of the place are looked up in a table of 8-byte pieces; what is there is compared in full.

    A run of 24 bytes holds two pieces that begin at a multiple of eight, so that none is missed."""

    BITS = 24

    def __init__(self, texts, files):
        import numpy

        self.numpy, self.sources = numpy, list(forms(texts, files))
        pieces, numbers, starts = [], [], []
        for number, (label, form, data, run) in enumerate(self.sources):
            assert len(data) >= 8, (label, form)
            rows = numpy.frombuffer(data, "u1", (len(data) if run else 8) // 8 * 8).reshape(-1, 8)
            # Of few values, such as the white around a finger, is everywhere.
            told = (numpy.diff(numpy.sort(rows, axis=1), axis=1) > 0).sum(axis=1) >= 4 if run else [True]
            rows = rows[told]
            pieces.append(rows.reshape(-1).view("<u8"))
            starts.append(numpy.nonzero(told)[0] * 8)
            numbers.append(numpy.full(len(rows), number))
        pieces, numbers, starts = map(numpy.concatenate, (pieces, numbers, starts))
        order = numpy.argsort(pieces)
        self.pieces, self.numbers, self.starts = pieces[order], numbers[order], starts[order]
        self.table = numpy.zeros(1 << self.BITS, bool)
        self.table[self.place(self.pieces)] = True
        self.done = numpy.zeros(len(self.sources), bool)
        self.searched = 0

    def place(self, values):
        with self.numpy.errstate(over="ignore"):
            return (values * self.numpy.uint64(0x9E3779B97F4A7C15)) >> self.numpy.uint64(64 - self.BITS)

    def bytes(self, data, found):
        self.searched += len(data)
        for shift in range(min(8, len(data) - 7)):
            values = self.numpy.frombuffer(data, "<u8", (len(data) - shift) // 8, shift)
            places = self.numpy.nonzero(self.table[self.place(values)])[0]
            for block in range(0, len(places), 4096):
                self.candidates(data, shift, places[block:block + 4096], values, found)

    def candidates(self, data, shift, places, values, found):
        first, last = (self.numpy.searchsorted(self.pieces, values[places], side) for side in ("left", "right"))
        wanted = (last > first) & ~self.done[self.numbers[self.numpy.minimum(first, len(self.numbers) - 1)]]
        for index in self.numpy.nonzero(wanted)[0]:
            for piece in range(first[index], last[index]):
                number = self.numbers[piece]
                if self.done[number]:
                    continue
                label, form, source, run = self.sources[number]
                if self.holds(data, shift + int(places[index]) * 8, source, int(self.starts[piece]), run):
                    found[label, form] += 1
                    # Enough to know; a control finds each a hundred thousand times.
                    self.done[number] = found[label, form] >= 100

    @staticmethod
    def holds(data, at, source, start, run):
        if not run:
            return data.startswith(source, at)
        first = 0
        while first < start and first < at and first < run and data[at - first - 1] == source[start - first - 1]:
            first += 1
        last = 8
        while last < run + 8 and at + last < len(data) and start + last < len(source) \
                and data[at + last] == source[start + last]:
            last += 1
        # A run of few values is the white around a finger.
        return first + last >= run and len(set(source[start - first:start + last])) > 8

    def path(self, path, found):
        step, overlap = 1 << 25, 1 << 12
        with open(path, "rb") as file:
            rest = b""
            while part := file.read(step):
                self.bytes(rest + part, found)
                rest = part[-overlap:]

    def places(self, places, found):
        """Files, devices and whole folders, the names of what is in them too."""
        for place in places:
            if not os.path.isdir(place):
                self.path(place, found)
                continue
            for root, folders, names in os.walk(place):
                self.bytes("\n".join(folders + names).encode("utf-8", "surrogateescape"), found)
                for name in names:
                    file = os.path.join(root, name)
                    if os.path.isfile(file) and not os.path.islink(file):
                        self.path(file, found)


def search(out, name, *places):
    searching, found = Search(*known(out)), Counter()
    searching.places(places, found)
    print(f"{name}: {sum(found.values())} hits, {searching.searched} bytes searched")
    for (label, form), count in sorted(found.items()):
        print(f"  {label} as {form}: {count}")
    sys.exit(bool(found))


def some(out, name, *places):
    searching, found = Search(*known(out)), Counter()
    searching.places(places, found)
    print(f"{name}: {sum(found.values())} hits of {len({label for label, _ in found})} labels, "
          f"{searching.searched} bytes searched")
    sys.exit(not found)


def control(out, *places):
    searching, found = Search(*known(out)), Counter()
    searching.places(places, found)
    missed = [(label, form) for label, form, _, _ in searching.sources if not found[label, form]]
    print(f"{len(found)} of {len(searching.sources)} forms found, {sum(found.values())} hits, "
          f"{searching.searched} bytes searched")
    for label, form in missed:
        print(f"  not found: {label} as {form}")
    sys.exit(bool(missed))


def plain(out, folder):
    """A database with it all, as a store without encryption would write it, and each form in a file; then deleted,
    since what was deleted lies on the device all the same."""
    texts, files = known(out)
    os.makedirs(folder)
    store = sqlite3.connect(f"{folder}/store.sqlite")
    store.execute("PRAGMA journal_mode = WAL")
    store.execute("CREATE TABLE draft (label TEXT, content BLOB)")
    store.execute("INSERT INTO draft VALUES ('record', ?)", [json.dumps(texts, ensure_ascii=False).encode()])
    store.executemany("INSERT INTO draft VALUES (?, ?)", files.items())
    store.commit()
    for number, (_, _, data, _) in enumerate(forms(texts, files)):
        write(f"{folder}/{number}", data)
    os.sync()
    store.close()
    for name in os.listdir(folder):
        os.remove(f"{folder}/{name}")
    os.sync()


def watch(out, report):
    """Looks at every process again and again."""
    searching, found, seen, rounds = Search(*known(out)), Counter(), set(), 0
    going = True

    def stop(*_):
        nonlocal going
        going = False

    signal.signal(signal.SIGTERM, stop)
    while going:
        rounds += 1
        for folder in glob.glob("/proc/[0-9]*"):
            for name in ("cmdline", "environ"):
                try:
                    data = read(f"{folder}/{name}")
                except OSError:
                    continue
                # What is new only: the search costs more than the reading.
                if data and (key := hash(data)) not in seen:
                    seen.add(key)
                    searching.bytes(data, found)
        time.sleep(0.02)
    write(report, json.dumps({"rounds": rounds, "texts": len(seen), "hits": sum(found.values()),
                              "found": [f"{label} as {form}" for label, form in sorted(found)]}))


def hold(out):
    data = known(out)
    print("held", flush=True)
    signal.pause()
    print(len(data))


if __name__ == "__main__":
    {"make": make, "visit": visit, "know": know, "some": some, "search": search, "watch": watch, "plain": plain, "control": control, "hold": hold}[
        sys.argv[1]](*sys.argv[2:])
