"""A picture for an emulated U.are.U scanner, and what of it a scanner's packet carries.

    usbip_picture.py make FILE                      384 x 290 grey values: ridges that bend and end, seeded noise over them
    usbip_picture.py compare MODEL SENT RECEIVED    uareu-4500 or microsoft-v2; two PGM files

A packet has room for 290 lines and carries 289: the line of its one block that is "not present" is told by
repeating the next one. Unscrambling cannot restore the last byte of a scrambled block: it reads 0, which is
white once the picture is published. Everything else has to come through. Independent of the Swift sources:
the block list is that of the recorded 4500, the rules are those of the fact sheet.
"""
import math
import random
import sys

WIDTH, HEIGHT, SEED = 384, 290, 4500
# flags and lines, as recorded: 2 scrambled, 0 plain, 1 not present
BLOCKS = [(2, 72), (0, 1), (2, 49), (1, 1), (0, 1), (2, 49), (0, 1), (2, 116)]
# Only the readers of 05ba:000a have their sensor upside down.
TURNED = {"uareu-4500": True, "microsoft-v2": False}


def write(path, pixels):
    with open(path, "wb") as file:
        file.write(b"P5\n%d %d\n255\n" % (WIDTH, HEIGHT) + bytes(pixels))


def read(path):
    with open(path, "rb") as file:
        kind, size, depth, pixels = file.read().split(b"\n", 3)
    if (kind, depth) != (b"P5", b"255") or size.split() != [b"%d" % WIDTH, b"%d" % HEIGHT]:
        sys.exit(f"FAIL: {path} is {kind!r} {size!r}, wanted {WIDTH} x {HEIGHT}")
    if len(pixels) != WIDTH * HEIGHT:
        sys.exit(f"FAIL: {path} has {len(pixels)} pixels")
    return pixels


def make():
    """No two places alike, so that any misplaced bit shows, and a finger to those who look for one: neighbours
    are alike, and a ridge ends at each of some points, around which the wave gains one turn."""
    generator = random.Random(SEED)
    ends = [(generator.randrange(40, 340), generator.randrange(40, 250), 1 - 2 * (n & 1)) for n in range(24)]

    def value(x, y):
        turns = 0.06 * x + 0.09 * y + 1.5 * math.sin(2 * math.pi * y / 180)
        turns += sum(sign * math.atan2(y - row, x - column) for column, row, sign in ends) / (2 * math.pi)
        return round(128 + 96 * math.sin(2 * math.pi * turns) + generator.randrange(-30, 31))

    return bytes(value(x, y) for y in range(HEIGHT) for x in range(WIDTH))


def carried(pixels, turned):
    """The published picture that a packet of `pixels` gives."""
    sensor = bytearray(pixels[::-1] if turned else pixels)
    line = 0
    for flags, count in BLOCKS:
        end = (line + count) * WIDTH
        if flags == 1:
            sensor[line * WIDTH:end] = sensor[end:end + WIDTH]
        if flags == 2:
            sensor[end - 1] = 255
        line += count
    return bytes(sensor[::-1] if turned else sensor)


def compare(model, sent, received):
    """How many pixels differ from what the packet carries; and how many it does not carry."""
    wanted = carried(sent, TURNED[model])
    different = sum(a != b for a, b in zip(wanted, received))
    return different, sum(a != b for a, b in zip(sent, wanted))


if __name__ == "__main__":
    if sys.argv[1:2] == ["make"]:
        write(sys.argv[2], make())
        print(f"seed {SEED}")
    else:
        model, sent, received = sys.argv[2:5]
        different, lost = compare(model, read(sent), read(received))
        print(f"{model}: {different} of {WIDTH * HEIGHT} pixels different; {lost} that no packet carries left out")
        sys.exit(different != 0)
