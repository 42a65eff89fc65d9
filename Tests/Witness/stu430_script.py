"""The ink of the virtual STU-430, and what a driver must make of it.

    stu430_script.py write SCRIPT      the pad's input reports, for stu430_pad
    stu430_script.py check SAMPLE      compares the strokes in a JSON file with the ink, point by point

Independent of the Swift sources: the wire layout below is the documented one of report 34
(flags and pressure, x, y, milliseconds, sequence; all big endian).
"""
import json
import struct
import sys

TICKS_AT_START = 65_300  # the counter rolls over in the first stroke


def strokes():
    """Three strokes of (x, y, pressure, ms): a rising line, a bow over the whole pad, a dot."""
    line = [(1000 + 25 * i, 4000 - 31 * i, 120 + 5 * i, 5 * i) for i in range(80)]
    bow = [(600 + 84 * i, 3000 + (i - 50) ** 2 // 2 - 900, 1023 - 4 * i, 700 + 5 * i) for i in range(100)]
    dot = [(9600, 6000, 21, 1500)]
    return [line, bow, dot]


def reports():
    """All reports in order: hovering before and after each stroke, and the pen leaving."""
    sequence = 65_500
    out = []

    def report(flags, x, y, pressure, ms):
        nonlocal sequence
        sequence += 1
        out.append((ms, struct.pack(
            ">BHHHHH", 0x34, flags << 12 | pressure, x, y, (TICKS_AT_START + ms) % 65536, sequence % 65536)))

    for stroke in strokes():
        (x, y, _, ms) = stroke[0]
        for step in range(10, 0, -1):
            report(8, x, y, 0, ms - 5 * step)
        report(8, x, y, 15, ms - 2)  # nearly: pressed less than ink needs, the tip still open
        for (x, y, pressure, ms) in stroke:
            report(9, x, y, pressure, ms)
        for step in range(1, 11):
            report(8, x, y, 0, ms + 5 * step)
        report(0, 0, 0, 0, ms + 55)
    return out


def write(path):
    before = -300  # from inking on to the first report
    with open(path, "w") as file:
        for ms, data in reports():
            file.write(f"{ms - before} {data.hex(' ')}\n")
            before = ms


def check(path):
    with open(path) as file:
        sample = json.load(file)
    sample = sample.get("signature", sample)
    found = [[(p["x"], p["y"], p["pressure"], p["milliseconds"]) for p in stroke] for stroke in sample["strokes"]]
    wanted = strokes()
    for number, (is_, should) in enumerate(zip(found, wanted)):
        for index, (a, b) in enumerate(zip(is_, should)):
            if a != b:
                sys.exit(f"stroke {number} point {index}: {a}, sent {b}")
    counts = ([len(s) for s in found], [len(s) for s in wanted])
    if counts[0] != counts[1]:
        sys.exit(f"points a stroke: {counts[0]}, sent {counts[1]}")
    print(f"equal: {sum(counts[0])} points in {len(found)} strokes")


if __name__ == "__main__":
    {"write": write, "check": check}[sys.argv[1]](sys.argv[2])
