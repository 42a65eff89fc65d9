#!/usr/bin/env python3
"""Compares our checks of national, bis and card numbers with those of the Python package python-stdnum.

    card-numbers.py BINARIES [--count N] [--seed N]

BINARIES is the folder of the test bundle (swift build --build-tests), .build/debug for example. Numbers are the
documented ones, random ones with a right check, and the same with one digit changed.
"""
import argparse
import datetime
import glob
import os
import random
import subprocess
import sys
import tempfile

try:
    from stdnum.be import bis, eid, nn
    from stdnum.exceptions import ValidationError
except ImportError:
    print("skipped: the Python package python-stdnum is not installed", file=sys.stderr)
    sys.exit(77)

DOCUMENTED = ["85073003328", "17073003384", "98472899765", "01490700185", "71715100070", "01050399963"]
DOCUMENTED_CARDS = ["591201099997", "000001241600", "000001103271", "591191706458"]


def national(digits):
    """One line of a national or bis number; nothing where stdnum's idea of today would decide."""
    checks = [97 - int(century + digits[:9]) % 97 == int(digits[9:]) for century in ("", "2")]
    if checks[1] and not checks[0] and int(digits[:2]) + 2000 > datetime.date.today().year:
        return None
    is_checked, is_possible, parts, sex = True, False, (None, None, None), None
    try:
        nn._checksum(digits)
    except ValidationError:
        is_checked = False
    kind = next((kind for kind in (nn, bis) if kind.is_valid(digits)), None)
    if kind:
        is_possible = True
        parts = nn._get_birth_date_parts(digits)
        sex = kind.get_gender(digits)
    texts = ["" if part is None else str(part) for part in parts]
    return "|".join(["national", digits, str(int(is_checked)), str(int(is_possible)), nn.format(digits), *texts,
                     sex or ""])


def card(digits):
    return "|".join(["card", digits, str(int(eid.is_valid(digits))), "1", eid.format(digits), "", "", "", ""])


def lines(count, numbers):
    yield from filter(None, map(national, DOCUMENTED))
    yield from map(card, DOCUMENTED_CARDS)
    for _ in range(count):
        raised = numbers.choice([0, 0, 0, 20, 40])
        body = f"{numbers.randrange(100):02}{raised + numbers.randrange(13):02}{numbers.randrange(32):02}" \
               f"{numbers.randrange(1000):03}"
        check = 97 - int(numbers.choice(["", "2"]) + body) % 97
        digits = f"{body}{check:02}"
        card_body = f"{numbers.randrange(10 ** 10):010}"
        card_digits = f"{card_body}{int(card_body) % 97 or 97:02}"
        if numbers.random() < 0.3:
            digits, card_digits = changed(digits, numbers), changed(card_digits, numbers)
        if int(digits):
            yield from filter(None, [national(digits)])
        yield card(card_digits)


def changed(digits, numbers):
    place = numbers.randrange(len(digits))
    return digits[:place] + str((int(digits[place]) + numbers.randrange(1, 10)) % 10) + digits[place + 1:]


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("binaries")
    parser.add_argument("--count", type=int, default=5000)
    parser.add_argument("--seed", type=int, default=22)
    arguments = parser.parse_args()
    bundle = glob.glob(os.path.join(arguments.binaries, "*PackageTests.xctest"))
    if not bundle:
        print(f"skipped: no test bundle in {arguments.binaries}", file=sys.stderr)
        sys.exit(77)
    with tempfile.NamedTemporaryFile("w", suffix=".txt") as file:
        file.write("\n".join(lines(arguments.count, random.Random(arguments.seed))))
        file.flush()
        result = subprocess.run(
            [bundle[0], "--testing-library", "swift-testing", "--filter", "CardWitnessTests/judgeNumbers"],
            env={**os.environ, "LOKET_CARD_NUMBERS": file.name}, capture_output=True, text=True)
    output = result.stdout + result.stderr
    figures = [line for line in output.splitlines() if line.startswith("card numbers: ")]
    if result.returncode or not figures:
        print("\n".join(line for line in output.splitlines() if "recorded an issue" in line or "error" in line)[:4000])
        print("FAILED: our checks and stdnum's differ, or no test ran")
        sys.exit(1)
    print(f"{figures[0]}, as python-stdnum does; seed {arguments.seed}")


main()
