#!/usr/bin/env python3
"""What card-delivery.sh gives to `loket deliver`, and whether what came of it is right.

    card_delivery.py scripts CARD.JSON           writes script.json, exempt.json, other.json and other-stop.json
    card_delivery.py receipt KIT                 of the files that card-delivery.sh wrote about a kit
    card_delivery.py delivered DOCUMENT CARD.JSON [--signed] [--portrait] [--act NAME]
    card_delivery.py signatures DOCUMENT         by cryptography, with the certificates on the card
    card_delivery.py found PINFILE LOG           the PIN in pcscd's log of what was sent
    card_delivery.py absent PINFILE PATH...      the PIN nowhere in these files and folders
    card_delivery.py nothing-readable CARD.JSON FOLDER...

Prints one line of figures; ends with 1, and the reason, when something is not as it must be.
"""
import base64
import hashlib
import json
import os
import re
import subprocess
import sys
import tempfile

HERE = os.path.dirname(os.path.realpath(__file__))
CASE = "afgifte-1a"
OLD_CARD = "590-0000001-23"


def must(condition, text):
    if not condition:
        sys.exit(text)


def load(path):
    with open(path, encoding="utf-8") as file:
        return json.load(file)


def read(path):
    with open(path, "rb") as file:
        return file.read()


def scripts(path):
    card = load(path)

    def write(name, number, answers):
        planned = {
            "id": CASE, "applyingFor": "eID", "present": [],
            "citizen": {"nationalNumber": card["nationalNumber"], "surname": card["surname"],
                        "givenNames": card["givenNames"], "birthDate": card["birthDateISO"]},
            "delivery": {"cardNumber": number, "validFrom": card["validFrom"], "validUntil": card["validUntil"],
                         "replaces": {"card": {"_0": OLD_CARD}}},
        }
        visit = {"id": "afgifte-1", "plannedFor": "2026-11-22", "place": "home", "address": card["address"],
                 "eligibility": {"reason": "bedridden"}, "cases": [planned]}
        with open(name, "w", encoding="utf-8") as file:
            json.dump({"officer": "OEF-117", "visit": visit, "answers": {CASE: {"oldCard": OLD_CARD, **answers}}}, file)

    write("script.json", card["cardNumber"], {"takesPortrait": True})
    write("exempt.json", card["cardNumber"], {"signatureExemption": "disability"})
    write("other.json", "590-0000002-24", {})
    write("other-stop.json", "590-0000002-24", {"stop": "otherCard"})


def receipt(kit):
    before, after, sync = load(f"{kit}.before.json"), load(f"{kit}.after.json"), load(f"{kit}.sync.json")
    packet = after["packet"]
    must([row["state"] for row in before] == ["sealed"], "not one sealed packet before")
    must(packet["state"] == "purged" and packet["receivedAt"] and packet["purgedAt"], f"is {packet['state']}")
    must(sync["received"] == 1 and sync["left"] == 0 and sync["setAside"] == 0, "not received")
    must(not os.listdir(f"{kit}/packets"), "a packet is left on the kit")
    [name] = os.listdir(f"{kit}.at-rest/packets")
    sealed = read(f"{kit}.at-rest/packets/{name}")
    must(read(f"central/packets/{name}") == sealed, "central has other bytes")
    with tempfile.NamedTemporaryFile(dir=".") as key, tempfile.NamedTemporaryFile(dir=".") as statement:
        key.write(load("keys.json")["receiptKey"].encode())
        statement.write(after["receipt"].encode())
        key.flush()
        statement.flush()
        told = json.loads(subprocess.run(
            [sys.executable, f"{HERE}/packet-jws.py", "verify", key.name, statement.name],
            capture_output=True, check=True).stdout)
    must(told["fileDigest"] == hashlib.sha256(sealed).hexdigest() and told["fileSize"] == len(sealed), "for other bytes")
    must(told["packetID"] == packet["packet"] and told["isTraining"] is True, "for another packet")
    return f"{len(sealed)} bytes, signature verified with cryptography"


def delivered(document, card, *options):
    document, card = load(document), load(card)
    about, data = document["contextualData"], document["deliveryData"]
    must(about["isTraining"] is True and about["caseID"] == CASE and about["officerID"] == "OEF-117", "another delivery")
    must(data["outcome"] == "delivered" and "stopReason" not in data and data["refusedCards"] == [], "not delivered")
    held = data["card"]
    must(held["cardNumber"] == data["expectedCardNumber"] == card["cardNumber"], "another card")
    must(held["chipNumber"] == card["chipNumber"] and held["activation"] == "activated", "another chip")
    proof = held["proof"]
    must(proof["isTest"] is True and proof["root"].startswith("TEST ") and proof["verdict"] == "revocationNotChecked",
         f"proof {proof['verdict']}")
    outcomes = {finding["part"]: finding["outcome"] for finding in proof["findings"]}
    for part in ("identitySignature", "addressSignature", "photoDigest", "chipNumber", "registryCertificate", "root"):
        must(outcomes[part] == "right", f"{part} is {outcomes[part]}")
    must(data["identity"]["basis"] == "face" and data["identity"]["findings"] == [], "the person")
    must(data["pin"] == {"outcome": "changed", "onPinpad": False}, f"PIN {data['pin']}")
    tried = [(one["key"], one["outcome"], one["verdict"]) for one in data["certificates"]]
    must(tried == [(key, "tried", "revocationNotChecked") for key in ("authentication", "signature")], f"{tried}")
    must(data["replaced"]["outcome"] == "takenIn" and data["replaced"]["number"] == OLD_CARD, "the old card")
    log = data["log"]
    acts = [line["act"] for line in log]
    for act in ("cardRead", "personConfirmed", "pinSettled", "replacedSettled", "receiptGiven"):
        must(act in acts, f"{act} is not in the log: {acts}")
    must(acts.count("pinSettled") == 1 and acts.count("certificateTried") == 2, f"done twice: {acts}")
    times = [line["at"] for line in log]
    must(times == sorted(times) and about["startedAt"] <= times[0] <= times[-1] <= about["sealedAt"], "out of order")
    if "--act" in options:
        act = options[options.index("--act") + 1]
        must(acts.count(act) == 1, f"{act} is not in the log: {acts}")
    samples = [sample["biometricType"] for sample in document["biometricData"]]
    wanted = ["FACE"] * ("--portrait" in options) + ["SIGNATURE"] * ("--signed" in options)
    must(samples == wanted, f"samples {samples}")
    must(all(base64.b64decode(sample["image"]) for sample in document["biometricData"]), "an empty sample")
    must(("exemption" in data["receipt"]) != ("--signed" in options), "the citizen's receipt")
    files = [part["mimeType"].split("name=")[1] for part in document["documentData"][0]["parts"]]
    must(set(files) == set(card["files"]), f"files of the card {files}")
    return f"{len(log)} acts, {len(files)} files of the card, {len(samples)} samples"


def signatures(document):
    from cryptography import x509
    from cryptography.exceptions import InvalidSignature
    from cryptography.hazmat.primitives import hashes
    from cryptography.hazmat.primitives.asymmetric import ec, padding

    document = load(document)
    parts = {part["mimeType"].split("name=")[1]: base64.b64decode(part["data"])
             for part in document["documentData"][0]["parts"]}
    used = []

    def holds(key, signature, text, digest):
        try:
            if isinstance(key, ec.EllipticCurvePublicKey):
                key.verify(signature, text, ec.ECDSA(digest))
            else:
                key.verify(signature, text, padding.PKCS1v15(), digest)
            return True
        except InvalidSignature:
            return False

    for trial in document["deliveryData"]["certificates"]:
        certificate = x509.load_der_x509_certificate(parts[f"{trial['key']}Certificate"])
        key, text = certificate.public_key(), trial["statement"].encode()
        digest = {"sha256": hashes.SHA256, "sha384": hashes.SHA384}[trial["hash"]]()
        signature = base64.b64decode(trial["signature"])
        must(CASE in trial["statement"] and trial["key"] in trial["statement"], "the text is of something else")
        must(holds(key, signature, text, digest), f"the {trial['key']} key did not sign this")
        must(not holds(key, signature, text + b".", digest), "any text will do")
        used.append(f"{trial['key']} {trial['hash']}")
    must(len(used) == 2, f"{len(used)} signatures")
    return ", ".join(used)


def search(pin, names):
    done = subprocess.run([sys.executable, f"{HERE}/card_pin_search.py", pin, "file", *names],
                          capture_output=True, check=True).stdout.decode()
    return int(re.search(r"^hits (\d+)$", done, re.M)[1]), done


def found(pin, log):
    wire = b"".join(bytes.fromhex(line) for line in re.findall(r" APDU: ([0-9A-F ]+)$", read(log).decode(), re.M))
    with tempfile.NamedTemporaryFile(dir=".") as file:
        file.write(wire)
        file.flush()
        count, _ = search(pin, [file.name])
    must(count > 0, "the PIN is not in pcscd's log: this search finds nothing")
    return f"{count} hits in {len(wire)} bytes"


def files_in(paths):
    for path in paths:
        if os.path.isfile(path):
            yield path
        for root, _, names in os.walk(path):
            yield from (os.path.join(root, name) for name in names)


def unpacked(content):
    """What stands in a text as base64 or hexadecimal digits."""
    for text in re.findall(rb"[A-Za-z0-9+/\\]{16,}={0,2}", content):
        text = text.replace(b"\\/", b"/")
        try:
            yield base64.b64decode(text + b"=" * (-len(text) % 4), validate=False)
        except ValueError:
            pass
    for text in re.findall(rb"(?:[0-9a-fA-F]{2}){8,}", content):
        yield bytes.fromhex(text.decode())


def absent(pin, *paths):
    names = list(files_in(paths))
    with tempfile.NamedTemporaryFile(dir=".") as file:
        for name in names:
            if name.endswith(".json"):
                file.write(b"\n".join(unpacked(read(name))))
        file.flush()
        count, report = search(pin, [*names, file.name])
        size = sum(map(os.path.getsize, names))
    must(count == 0, report)
    # The one of the letter is too short to be looked for alone: in the block that a card takes it in.
    block = bytes.fromhex("241234ffffffffff")
    for name in names:
        must(block not in read(name) and block.hex().encode() not in read(name).lower(), f"the letter's PIN in {name}")
    return f"{len(names)} files, {size} bytes"


def nothing_readable(card, *folders):
    card = load(card)
    secrets = [card[name] for name in ("surname", "givenNames", "nationalNumber", "cardNumber")]
    secrets += [card["address"]["streetAndNumber"], OLD_CARD, "PRIVATE KEY"]
    names = list(files_in(folders))
    must(names, "no files")
    for name in names:
        content = read(name)
        for secret in secrets:
            must(secret.encode() not in content, f"a personal datum in {name}")
    return f"{len(secrets)} secrets looked for in {len(names)} files"


if __name__ == "__main__":
    verbs = {"scripts": scripts, "receipt": receipt, "delivered": delivered, "signatures": signatures,
             "found": found, "absent": absent, "nothing-readable": nothing_readable}
    figures = verbs[sys.argv[1]](*sys.argv[2:])
    if figures:
        print(figures)
