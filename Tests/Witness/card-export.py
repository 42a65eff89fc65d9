#!/usr/bin/env python3
"""Reads our .eid files with a foreign XML reader: cards of every kind, names with every sign.

    card-export.py BINARIES [--schema FILE.xsd]

BINARIES is the folder of the test bundle (swift build --build-tests). The schema is eidv4.xsd of the federal eID
viewer, which is not in this repository; it needs the Python package lxml. Without it the reader is Python's own.
"""
import argparse
import base64
import glob
import os
import re
import subprocess
import sys
import tempfile
import xml.etree.ElementTree as tree

PLACES = {
    "identity/photo": "photo", "certificates/root": "rootCertificate", "certificates/citizenca": "caCertificate",
    "certificates/authentication": "authenticationCertificate", "certificates/signing": "signatureCertificate",
    "certificates/rrn": "registryCertificate",
}
SURNAME = "<Test> & \"Zoon\" De a\u0315A\u030Da\u0338"


def faults(path, schema):
    """What is wrong with one file."""
    root = tree.parse(path).getroot()
    found = []
    stem = path.removesuffix(".eid")
    for place, name in PLACES.items():
        element = root.find(place)
        written = base64.b64decode(element.text or "") if element is not None else None
        kept = f"{stem}.{name}"
        expected = open(kept, "rb").read() if os.path.exists(kept) else None
        # The form wants these even of a card that has none.
        if expected is None and place not in ("certificates/authentication", "certificates/signing"):
            expected = b""
        if written != expected:
            found.append(f"{place} is not the card's")
    if root.findtext("identity/name") != SURNAME:
        found.append("the surname is not the card's")
    identity = root.find("identity").attrib
    if not re.fullmatch(r"\d{11}", identity["nationalnumber"]) or identity["dateofbirth"] != "19840317":
        found.append("national number or date of birth")
    if schema is not None:
        from lxml import etree
        document = etree.parse(path)
        if not schema.validate(document):
            found += [str(error.message) for error in schema.error_log]
    return found


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("binaries")
    parser.add_argument("--schema")
    arguments = parser.parse_args()
    bundle = glob.glob(os.path.join(arguments.binaries, "*PackageTests.xctest"))
    if not bundle:
        print(f"skipped: no test bundle in {arguments.binaries}", file=sys.stderr)
        sys.exit(77)
    schema = None
    if arguments.schema:
        from lxml import etree
        schema = etree.XMLSchema(etree.parse(arguments.schema))
    with tempfile.TemporaryDirectory() as folder:
        result = subprocess.run(
            [bundle[0], "--testing-library", "swift-testing", "--filter", "CardWitnessTests/writeExports"],
            env={**os.environ, "LOKET_CARD_EXPORTS": folder}, capture_output=True, text=True)
        paths = sorted(glob.glob(os.path.join(folder, "*.eid")))
        if result.returncode or not paths:
            print((result.stdout + result.stderr)[-2000:])
            print("FAILED: nothing was written")
            sys.exit(1)
        wrong = [f"{os.path.basename(path)}: {fault}" for path in paths for fault in faults(path, schema)]
    print("\n".join(wrong))
    checked = "valid by the schema and " if schema is not None else ""
    print(f"card exports: {len(paths)} files, {len(wrong)} faults; {checked}read by Python's own XML reader")
    sys.exit(1 if wrong else 0)


main()
