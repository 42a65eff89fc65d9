#!/usr/bin/env python3
"""Looks for a PIN in a process's memory or in files, in every shape in which it might lie there.

    card_pin_search.py PINFILE memory PID
    card_pin_search.py PINFILE file NAME...

Prints a line for each hit, where it is and in what shape, never what it is, and the number of hits.
"""
import re
import sys


def shapes(digits: str) -> dict[str, bytes]:
    nibbles = [int(digit) for digit in digits]
    packed = bytes(high << 4 | low for high, low in zip(nibbles[::2], nibbles[1::2]))
    return {
        "text": digits.encode(),
        "text backwards": digits[::-1].encode(),
        "UTF-16": digits.encode("utf-16-le"),
        "UTF-32": digits.encode("utf-32-le"),
        "one number a byte": bytes(nibbles),
        # The PIN block holds these, too.
        "packed": packed,
        "packed, swapped": bytes((byte & 15) << 4 | byte >> 4 for byte in packed),
        "as a number": int(digits).to_bytes(8, "little"),
        # As keys of the keyboard lie side by side: strings of one character, sixteen bytes each.
        "strings": b"\xe1".join(digit.encode() + bytes(14) for digit in digits),
        # The first half is enough for whoever has three tries.
        "half of the text": digits[:8].encode(),
        "half, packed": packed[:5],
    }


def find(content: bytes, digits: str) -> list[tuple[int, str]]:
    return [
        (found.start(), name)
        for name, shape in shapes(digits).items()
        for found in re.finditer(re.escape(shape), content)
    ]


def mappings(pid: str):
    entry, anonymous = None, 0
    with open(f"/proc/{pid}/smaps") as smaps:
        for line in smaps:
            head = re.match(r"([0-9a-f]+)-([0-9a-f]+) (\S+) \S+ \S+ \S+ *(.*)", line)
            if head:
                entry = [int(head[1], 16), int(head[2], 16), head[3], head[4].strip() or "anonymous"]
            elif line.startswith("Anonymous:"):
                anonymous = int(line.split()[1])
            elif line.startswith("VmFlags:") and entry:
                # A program's own file, of which the process has changed no page: what lies there lies on the disk.
                is_file = entry[3].startswith("/") and entry[2].endswith("p") and anonymous == 0
                if not is_file:
                    yield *entry, set(line.split()[1:])


def memory(pid: str, digits: str) -> int:
    count = 0
    with open(f"/proc/{pid}/mem", "rb", 0) as content:
        for start, end, rights, name, flags in mappings(pid):
            if not rights.startswith("r") or name in ("[vvar]", "[vsyscall]"):
                continue
            try:
                content.seek(start)
                bytes_ = content.read(end - start)
            except (OSError, ValueError):
                continue
            kept = [word for flag, word in (("lo", "locked"), ("dd", "undumped"), ("wf", "wiped on fork")) if flag in flags]
            for offset, shape in find(bytes_, digits):
                print(f"hit {shape}: {name} + {offset:#x} ({', '.join(kept) or 'ordinary'})")
                count += 1
    return count


def main() -> None:
    with open(sys.argv[1]) as file:
        digits = file.read().strip()
    assert len(digits) == 12 and digits.isdigit()
    if sys.argv[2] == "memory":
        count = memory(sys.argv[3], digits)
    else:
        count = 0
        for name in sys.argv[3:]:
            with open(name, "rb") as file:
                for offset, shape in find(file.read(), digits):
                    print(f"hit {shape}: {name} + {offset:#x}")
                    count += 1
    print("hits", count)


main()
