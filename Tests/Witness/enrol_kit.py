"""The enrolment script for enrol-kit.sh, and what must have come of it.

    enrol_kit.py script CARD.JSON OUT
    enrol_kit.py check BINARIES WITNESS WORK      prints one line a fact: `ok …` or `FAIL …`

Independent of the Swift sources: age and the Python package cryptography open the packets, NBIS (the
package wsq) decodes the finger, and the signature's record is read here, from the description of
ISO/IEC 19794-7:2007.
"""
import base64
import datetime
import glob
import hashlib
import io
import json
import os
import struct
import subprocess
import sys
import tempfile

FINGERS = [f"{hand}-{digit}" for hand in ("right", "left") for digit in ("thumb", "index", "middle", "ring", "little")]
TAKEN = "right-index"


def script(card, out):
    """One planned case: whoever the card names. One recorded session gives one finger, so the others are
    exceptions."""
    with open(card, encoding="utf-8") as file:
        holder = json.load(file)
    # The card has the month in words; the national number begins with the day of birth.
    number = holder["nationalNumber"]
    born = f"{holder['birthDate'].split()[-1]}-{number[2:4]}-{number[4:6]}"
    today = datetime.date.today().isoformat()
    case = {
        "id": "real-1a",
        "citizen": {
            "nationalNumber": number, "surname": holder["surname"], "givenNames": holder["givenNames"],
            "birthDate": born,
        },
        "applyingFor": "eID",
        "present": [],
    }
    document = {
        "officer": "OFF-1",
        "visit": {
            "id": "real-1", "plannedFor": today, "place": "home", "address": holder["address"],
            "eligibility": {"reason": "bedridden", "attest": {"issuedOn": today}}, "cases": [case],
        },
        "answers": {"real-1a": {
            "exceptions": {finger: "bandaged" for finger in FINGERS if finger != TAKEN},
            "choices": {"certificates": "accepted", "procedure": "normal", "cardLanguage": "nl"},
        }},
    }
    with open(out, "w", encoding="utf-8") as file:
        json.dump(document, file)


# --- what must have come of it --------------------------------------------------------------------------------

here = os.path.dirname(os.path.realpath(__file__))
failures = 0


def fact(name, check):
    """Runs one check; what it returns are the figures, what it raises is the failure."""
    global failures
    try:
        print(f"ok   {name}: {check()}", flush=True)
    except Exception as problem:
        failures += 1
        print(f"FAIL {name}: {type(problem).__name__} {' '.join(str(problem).split())[-300:]}", flush=True)


def must(condition, text):
    if not condition:
        raise ValueError(text)


def read(path):
    with open(path, "rb") as file:
        return file.read()


def load(path):
    return json.loads(read(path))


def run(*command, **options):
    done = subprocess.run(command, capture_output=True, check=False, **options)
    must(done.returncode == 0, f"{os.path.basename(command[-1])}: status {done.returncode}: {done.stderr.decode()[-300:]}")
    return done.stdout


def witness(name, *arguments):
    return run(sys.executable, os.path.join(here, name), *arguments).decode().strip()


def in_file(data):
    """A file that holds `data`, for programs that want one."""
    file = tempfile.NamedTemporaryFile(dir=".")
    file.write(data)
    file.flush()
    return file


def emptied(kit, received):
    """Sealed, received byte for byte, receipted by central's key, and only then removed."""
    before, after, sync = load(f"{kit}.before.json"), load(f"{kit}.after.json"), load(f"{kit}.sync.json")
    packet = after["packet"]
    must([row["state"] for row in before] == ["sealed"], "not sealed before")
    must(packet["state"] == "purged" and packet["receivedAt"] and packet["purgedAt"], f"is {packet['state']}")
    must(sync["received"] == 1 and sync["left"] == 0 and sync["setAside"] == 0, "not received")
    must(not os.listdir(f"{kit}/packets"), "a packet is left on the kit")
    sealed = read(f"{kit}.sealed/packet.age")
    must(read(received[packet["packet"]]) == sealed, "central has other bytes")
    must(packet["sentBytes"] == len(sealed), "not all was sent")
    statement = verified_receipt(after["receipt"])
    must(statement["fileDigest"] == hashlib.sha256(sealed).hexdigest(), "the receipt is for other bytes")
    must(statement["fileSize"] == len(sealed) and statement["packetID"] == packet["packet"], "the receipt is for another")
    return f"{len(sealed)} bytes, as they lie at central; receipt verified with cryptography; purged, none left"


def verified_receipt(text):
    with in_file(load("keys.json")["receiptKey"].encode()) as key, in_file(text.encode()) as statement:
        return json.loads(witness("packet-jws.py", "verify", key.name, statement.name))


def nothing_readable(kit):
    """Neither with the packet sealed nor after it went: no name, number, picture or key in the kit's files."""
    card = load("card.json")
    secrets = {name: card[name].encode() for name in ("surname", "nationalNumber", "cardNumber")}
    secrets["given name"] = card["givenNames"].split()[0].encode()
    secrets["street"] = card["address"]["streetAndNumber"].encode()
    secrets["portrait"] = read("portrait.jpg")[2000:2032]
    secrets["card photo"] = read("card/photo.bin")[1000:1032]
    secrets["private key"] = b"PRIVATE KEY"
    count = size = 0
    for folder in (f"{kit}.at-rest", kit):
        for root, _, names in os.walk(folder):
            for name in names:
                data = read(os.path.join(root, name))
                count, size = count + 1, size + len(data)
                for what, secret in secrets.items():
                    must(secret not in data, f"{what} in {name}")
    return f"{len(secrets)} secrets looked for in {count} files, {size} bytes"


def opened(binaries, kit, path, other):
    """The same JSON from central's own program and from an implementation that is not ours."""
    identity = f"central/keys/packet-{kit}.agekey"
    ours = run(f"{binaries}/loket-central", "packet", "open", path, "--identity", identity)
    sealed = f"{kit}.sealed/packet.age"
    if other == "age":
        theirs = run("age", "-d", "-i", identity, sealed)
    else:
        key = next(line for line in read(identity).decode().splitlines() if line.startswith("AGE-SECRET-KEY"))
        with in_file(b"") as plain:
            witness("packet-age.py", "open", other, key, sealed, plain.name)
            theirs = read(plain.name)
    must(theirs == ours, "another content")
    with open(f"{kit}.json", "wb") as file:
        file.write(ours)
    return f"{len(ours)} bytes"


def sample(document, kind):
    return next(s for s in document["biometricData"] if s["biometricType"] == kind and "image" in s)


def finger(document):
    finger = sample(document, "FINGER")
    image, record = (base64.b64decode(finger[name]) for name in ("image", "template"))
    must(image in record, "the ISO/IEC 19794-4 record holds another picture")
    with in_file(image) as file:
        figures = json.loads(witness("wsq.py", "finger.pgm", file.name))
    must((figures["width"], figures["height"]) == (finger["width"], finger["height"]), "another size")
    must(figures["psnr"] > figures["reference_psnr"] - 0.5, f"{figures['psnr']} dB, NBIS {figures['reference_psnr']} dB")
    return (f"{finger['biometricSubType']} {figures['width']} x {figures['height']}, {figures['bytes']} bytes WSQ, "
            f"PSNR {figures['psnr']} dB against the captured picture (NBIS itself: {figures['reference_psnr']} dB)")


def strokes_of(record):
    """The points of an ISO/IEC 19794-7:2007 record (full format) with X, Y, T, F and S, split at pen-up."""
    must(record[:8] == b"SDI\0 10\0", "no SDI record")
    at = 8
    def number(width=2):
        nonlocal at
        at += width
        return int.from_bytes(record[at - width:at], "big")
    included = number()
    must(included == 0xC160, f"channels {included:04x}")
    for _ in range(bin(included).count("1")):
        preamble = number(1)
        must(not preamble & 0x07, "a constant channel")
        for bit in (0x80, 0x40, 0x20, 0x10, 0x08):
            if preamble & bit:
                number()
    must(number(1) == 0 and number(1) == 0, "extended data")
    count, points = number(3), []
    for _ in range(count):
        points.append(struct.unpack(">hhHHB", record[at:at + 9]))
        at += 9
    must(at == len(record), "bytes are left")
    strokes, is_down = [], False
    for x, y, ms, force, switch in points:
        if switch and not is_down:
            strokes.append([])
        if switch:
            strokes[-1].append((x, y, force, ms))
        is_down = bool(switch)
    return strokes


def signature(document):
    """Every point as the virtual pad sent it: place, pressure, and time from the first one."""
    sys.path.insert(0, here)
    wanted = __import__("stu430_script").strokes()
    found = strokes_of(base64.b64decode(sample(document, "SIGNATURE")["template"]))
    must([len(s) for s in found] == [len(s) for s in wanted], f"points a stroke {[len(s) for s in found]}")
    for one, two in zip(sum(found, []), sum(wanted, [])):
        must(one == two, f"{one}, sent {two}")
    return f"{sum(map(len, found))} points in {len(found)} strokes, all equal"


def ink(document):
    """The picture shows those strokes: ink on every one of them, and nowhere else."""
    import numpy
    from PIL import Image, ImageDraw

    with in_file(base64.b64decode(sample(document, "SIGNATURE")["image"])) as file:
        dark = numpy.array(Image.open(file.name).convert("L")) < 128
    rows, columns = numpy.nonzero(dark)
    strokes = __import__("stu430_script").strokes()
    points = sum(strokes, [])
    # The ink's middle is the strokes' middle; the scale is the width between the middles of the outermost lines.
    line = 16.5  # 0.7 mm at 600 dpi
    left, right = min(p[0] for p in points), max(p[0] for p in points)
    top, bottom = min(p[1] for p in points), max(p[1] for p in points)
    height, width = dark.shape
    scale = min((width * 0.9 - line) / (right - left), (height * 0.9 - line) / (bottom - top), 600 / 2540)
    place = [[((x - (left + right) / 2) * scale + width / 2, (y - (top + bottom) / 2) * scale + height / 2)
              for x, y, _, _ in stroke] for stroke in strokes]
    near = Image.new("1", (width, height))
    on = 0
    total = 0
    for stroke in place:
        if len(stroke) > 1:
            ImageDraw.Draw(near).line(stroke, fill=1, width=int(line) + 3, joint="curve")
        for x, y in stroke:
            ImageDraw.Draw(near).ellipse((x - 10, y - 10, x + 10, y + 10), fill=1)
            total += 1
            on += bool(dark[min(height - 1, round(y)), min(width - 1, round(x))])
    stray = int((dark & ~numpy.array(near)).sum())
    must(on == total and stray == 0, f"ink at {on} of {total} points, {stray} dark pixels beside the strokes")
    return f"{width} x {height}, ink at all {total} points, {stray} of {len(rows)} dark pixels beside them"


def card_files(document):
    parts = {p["mimeType"].split("name=")[1]: base64.b64decode(p["data"]) for p in document["documentData"][0]["parts"]}
    files = {os.path.basename(path)[:-4]: read(path) for path in glob.glob("card/*.bin")}
    must(parts.keys() == files.keys(), f"files {sorted(parts)}")
    for name, data in files.items():
        # A packet has each certificate without the zero bytes that a card keeps behind it.
        whole = parts[name] + bytes(len(data) - len(parts[name])) if name.endswith(("Certificate", "Key")) else parts[name]
        must(whole == data, f"{name} differs")
    return f"{len(files)} files, {sum(map(len, files.values()))} bytes, as `loket card read --files` wrote them"


def portrait(document):
    """Decoded and encoded once more by the station, so that nothing but the picture comes along."""
    import numpy
    from PIL import Image

    jpeg = base64.b64decode(sample(document, "FACE")["image"])
    one, two = (numpy.array(Image.open(io.BytesIO(data)).convert("RGB"), float) for data in (jpeg, read("portrait.jpg")))
    must(one.shape == two.shape, "another size")
    psnr = 10 * numpy.log10(255 ** 2 / numpy.mean((one - two) ** 2))
    must(psnr > 40, f"{psnr:.1f} dB")
    return f"{two.shape[1]} x {two.shape[0]}, {len(jpeg)} bytes JPEG, PSNR {psnr:.1f} dB against the file given"


def real(document, kit):
    about = document["contextualData"]
    must(about["isTraining"] is False and about["kitID"] == f"KIT-{kit}" and about["fingers"]["outcome"] == "taken", "another")
    missing = [s for s in document["biometricData"] if s.get("missing")]
    must(len(missing) == len(FINGERS) - 1, f"{len(missing)} fingers missing")
    return f"no training; 1 finger, {len(missing)} exceptions"


def check(binaries, witnesses, work):
    os.chdir(work)
    received = {row["packet"]: row["file"] for row in load("received.json")}
    for kit, other in (("hybrid", "hpke"), ("x25519", "age")):
        path = received[load(f"{kit}.enrol.json")[0]["packet"]]
        fact(f"{kit} packet, sealed to purged", lambda: emptied(kit, received))
        fact(f"{kit} kit's folder at rest", lambda: nothing_readable(kit))
        name = "Debian's age" if other == "age" else "HPKE of the package cryptography"
        fact(f"{kit} packet, opened by {name} and by loket-central alike", lambda: opened(binaries, kit, path, other))
        fact(f"{kit} content against OSIA's schemas",
             lambda: witness("packet-osia.py", f"{witnesses}/osia/enrollment.yaml", f"{kit}.json"))
        if not os.path.exists(f"{kit}.json"):
            continue
        document = load(f"{kit}.json")
        fact(f"{kit} content is an application", lambda: real(document, kit))
        fact(f"{kit} finger, decoded by NBIS", lambda: finger(document))
        fact(f"{kit} signature's points", lambda: signature(document))
        fact(f"{kit} signature's picture", lambda: ink(document))
        fact(f"{kit} card", lambda: card_files(document))
        fact(f"{kit} portrait", lambda: portrait(document))
    sys.exit(failures > 0)


if __name__ == "__main__":
    {"script": script, "check": check}[sys.argv[1]](*sys.argv[2:])
