#!/usr/bin/env python3
"""Compare our WSQ with NBIS's (the Python package wsq) on 200 pictures, and say the worst cases.

    wsq-campaign.py FORMATS-CAMPAIGN [--seed N] [--keep FOLDER]

Pictures: synthetic fingers of many sizes, rings, noise of many kinds, edge cases, and the witness fingers with
crops of them (LOKET_WITNESS, or ../shared/witness beside the repository; more synthetic ones without them).
Asked of each: our file's length within 0.5 % of NBIS's at 0.75 bits a pixel; our decoder within one grey level of
NBIS's, for our file and for NBIS's; NBIS decodes ours with a PSNR at most 0.05 dB below that of its own.

All sides are at least 90 pixels. Below that NBIS filters short lines wrongly, its own files included and with other
results at each run, and below about 32 it fails; and it loses a slow ramp, whose bins become too narrow for 16-bit
coefficients. So 40 small pictures and the ramp are only reported, each through our own encoder and decoder beside
NBIS's. Last come the times for 500 x 500, ours and NBIS's in turn, in the processor's time.
Ends with 1 when something is out of bounds, 77 when a package is missing.
"""

import argparse
import io
import json
import math
import os
import subprocess
import sys
import tempfile
import time

# A file beside this one bears the name of the package, which must not be looked for here.
here = os.path.dirname(os.path.realpath(__file__))
sys.path = [folder for folder in sys.path if os.path.realpath(folder) != here]
try:
    import numpy
    import wsq  # noqa: F401  (registers WSQ with Pillow)
    from PIL import Image
except ImportError as error:
    print(f"skipped: {error}; pip install wsq numpy pillow")
    sys.exit(77)

ROOT = os.path.join(here, "..", "..")
WITNESS = os.environ.get("LOKET_WITNESS", os.path.join(ROOT, "..", "shared", "witness"))


def ridges(random, width, height):
    """A finger grown from noise: filtered along an orientation field with a core and a delta or two."""
    y, x = numpy.mgrid[0:height, 0:width].astype(float)
    theta = numpy.full((height, width), random.uniform(0, math.pi))
    for _ in range(int(random.integers(1, 3))):
        for sign in (1, -1):
            cx, cy = random.uniform(0.2, 0.8) * width, random.uniform(0.2, 0.9) * height
            theta += sign * 0.5 * numpy.arctan2(y - cy, x - cx)
    fy, fx = numpy.meshgrid(numpy.fft.fftfreq(height), numpy.fft.rfftfreq(width), indexing="ij")
    frequency, direction = numpy.hypot(fx, fy), numpy.arctan2(fy, fx)
    count, period = 12, random.uniform(7, 11)
    radial = numpy.exp(-((frequency - 1 / period) ** 2) / (2 * 0.018**2))
    chosen = numpy.round(theta / math.pi * count).astype(int) % count
    picture = random.normal(size=(height, width))
    for _ in range(3):
        spectrum = numpy.fft.rfft2(picture)
        grown = numpy.zeros_like(picture)
        for index in range(count):
            angle = numpy.angle(numpy.exp(2j * (direction - index * math.pi / count))) / 2
            band = numpy.fft.irfft2(spectrum * radial * numpy.exp(-(angle**2) / (2 * 0.2**2)), s=(height, width))
            grown = numpy.where(chosen == index, band, grown)
        picture = numpy.tanh(2.5 * grown / (grown.std() + 1e-9))
    contrast, paper = random.uniform(40, 120), random.uniform(215, 255)
    grey = 0.5 * paper + contrast * picture + random.normal(0, random.uniform(1, 8), picture.shape)
    inside = ((x / width - 0.5) / 0.45) ** 2 + ((y / height - 0.5) / 0.48) ** 2 < 1
    return numpy.where(inside, grey, paper + random.normal(0, 1.5, picture.shape))


def rings(random, width, height):
    y, x = numpy.mgrid[0:height, 0:width].astype(float)
    dx, dy = x - 0.5 * width, y - 0.45 * height
    grey = 128 + 90 * numpy.sin(
        2 * math.pi * numpy.hypot(1.1 * dx, 0.9 * dy) / random.uniform(7, 11) + numpy.arctan2(dy, dx))
    grey += random.normal(0, 6, grey.shape)
    return numpy.where((dx / (0.45 * width)) ** 2 + (dy / (0.48 * height)) ** 2 > 1, 250, grey)


def noise(random, width, height, kind):
    white = random.uniform(0, 256, (height, width))
    if kind == 0:
        return white
    if kind == 1:
        return 128 + random.normal(0, random.uniform(2, 60), (height, width))
    if kind == 2:
        return numpy.where(white < random.uniform(1, 40), 0, 255)
    spectrum = numpy.fft.rfft2(white - 128)
    fy, fx = numpy.meshgrid(numpy.fft.fftfreq(height), numpy.fft.rfftfreq(width), indexing="ij")
    smooth = numpy.fft.irfft2(spectrum * numpy.exp(-(numpy.hypot(fx, fy) / 0.08) ** 2), s=(height, width))
    return 128 + smooth * random.uniform(20, 60) / smooth.std()


def edge_cases(random):
    y, x = numpy.mgrid[0:384, 0:290]
    yield "constant 100", numpy.full((500, 500), 100)
    yield "constant 0", numpy.zeros((300, 301))
    yield "constant 255", numpy.full((384, 290), 255)
    one = numpy.full((300, 300), 100)
    one[150, 150] = 200
    yield "one pixel", one
    yield "diagonal chequer", numpy.where((x + y) // 9 % 2, 255, 0)
    yield "steep edge", numpy.where(x < 145, 3, 252)
    yield "narrow range", random.uniform(90, 160, (375, 389))
    yield "small range", 128 + (x + y) % 3
    large = numpy.full((2000, 1800), 255.0)
    large[900:1200, 800:1100] = ridges(random, 300, 300)
    yield "small finger on much white", large
    # Corners, where nothing but the runs of zeros between them is long.
    corners = numpy.full((1500, 1500), 250.0)
    corners[:200, :200] = ridges(random, 200, 200)
    corners[-200:, -200:] = ridges(random, 200, 200)
    yield "two far corners", corners
    yield "long and flat", ridges(random, 2000, 91)
    yield "tall and thin", rings(random, 90, 1900)
    yield "large finger", ridges(random, 1001, 997)


def pictures(seed):
    random = numpy.random.default_rng(seed)

    def size(low=90, high=520):
        return int(random.integers(low, high)), int(random.integers(low, high))

    found = []
    folder = os.path.join(WITNESS, "fingers")
    names = sorted(name for name in os.listdir(folder) if name.endswith(".png")) if os.path.isdir(folder) else []
    for name in names:
        grey = numpy.array(Image.open(os.path.join(folder, name)).convert("L"))
        found.append((name, grey))
        for _ in range(15):
            width, height = size(90, min(grey.shape) + 1)
            left, top = (int(random.integers(0, full - part + 1)) for full, part in
                         ((grey.shape[1], width), (grey.shape[0], height)))
            found.append((f"{name} crop at {left},{top}", grey[top:top + height, left:left + width]))
    found += edge_cases(random)
    for index in range(40):
        found.append((f"noise {index % 4}", noise(random, *size(), index % 4)))
    for _ in range(28):
        found.append(("rings", rings(random, *size())))
    while len(found) < 200:
        found.append(("ridges", ridges(random, *size(90, 600))))
    return [(name, numpy.clip(numpy.rint(grey), 0, 255).astype(numpy.uint8)) for name, grey in found[:200]]


def reported_pictures(seed):
    random = numpy.random.default_rng(seed)
    yield "ramp 290x384", numpy.mgrid[0:384, 0:290][1] * 255 // 290
    for side in [1, 2, 3, 4, 5, 7, 8, 9, 12, 15, 16, 17, 24, 31, 32, 33, 40, 48, 64, 80]:
        for width, height in ((side, side), (side, 300)):
            yield f"{width}x{height}", numpy.clip(numpy.rint(rings(random, width, height)), 0, 255)


def psnr(one, two):
    error = numpy.mean((one.astype(float) - two.astype(float)) ** 2)
    return 99.0 if error == 0 else 10 * math.log10(255**2 / error)


def nbis_encode(grey):
    buffer = io.BytesIO()
    Image.fromarray(grey).save(buffer, "WSQ")
    return buffer.getvalue()


def load(path):
    return numpy.array(Image.open(path))


class Worst:
    """Keeps the worst three of a figure."""

    def __init__(self, title, bound):
        self.title, self.bound, self.cases = title, bound, []

    def add(self, value, name):
        self.cases = sorted(self.cases + [(value, name)], key=lambda case: -case[0])[:3]

    def report(self):
        fine = not self.cases or self.cases[0][0] <= self.bound
        print(f"{'ok  ' if fine else 'FAIL'} {self.title}, at most {self.bound}; worst:")
        for value, name in self.cases:
            print(f"       {value:.4f}  {name}")
        return fine


def compare(program, seed, folder):
    originals = pictures(seed)
    names = []
    for index, (name, grey) in enumerate(originals):
        path = os.path.join(folder, f"{index:03}")
        Image.fromarray(grey).save(path + ".pgm")
        with open(path + ".nbis.wsq", "wb") as file:
            file.write(nbis_encode(grey))
        names.append(f"{index:03} {name}, {grey.shape[1]}x{grey.shape[0]}")
    subprocess.check_call([program, "encode", folder])
    subprocess.check_call([program, "decode", folder])

    length = Worst("length beside NBIS's, per cent", 0.5)
    grey_levels = Worst("grey levels between our and NBIS's decoding of one file", 1)
    likeness = Worst("dB that NBIS's decoding of ours is below that of its own", 0.05)
    unlike = total = same_length = 0
    for index, (name, (_, grey)) in enumerate(zip(names, originals)):
        path = os.path.join(folder, f"{index:03}")
        sizes = {side: os.path.getsize(f"{path}.{side}.wsq") for side in ("ours", "nbis")}
        length.add(abs(sizes["ours"] / sizes["nbis"] - 1) * 100, f"{name}: {sizes['ours']} and {sizes['nbis']} bytes")
        same_length += sizes["ours"] == sizes["nbis"]
        decoded = {}
        for side in ("ours", "nbis"):
            decoded[side] = load(f"{path}.{side}.wsq")
            between = numpy.abs(decoded[side].astype(int) - load(f"{path}.{side}.wsq.ours.pgm").astype(int))
            grey_levels.add(int(between.max()), f"{name}, file of {side}")
            unlike, total = unlike + int((between > 0).sum()), total + between.size
        likeness.add(psnr(grey, decoded["nbis"]) - psnr(grey, decoded["ours"]), name)
    print(f"{len(originals)} pictures, seed {seed}: {same_length} of our files exactly as long as NBIS's; "
          f"{unlike} of {total} decoded pixels differ")
    return all([figure.report() for figure in (length, grey_levels, likeness)])


def report_others(program, seed, folder):
    cases = [(name, grey.astype(numpy.uint8)) for name, grey in reported_pictures(seed)]
    for index, (_, grey) in enumerate(cases):
        Image.fromarray(grey).save(os.path.join(folder, f"{index:02}.pgm"))
    subprocess.check_call([program, "encode", folder])
    subprocess.check_call([program, "decode", folder])
    print("reported only: dB of ours through ours / of NBIS's through NBIS / of ours through NBIS")
    cells = []
    for index, (name, grey) in enumerate(cases):
        path = os.path.join(folder, f"{index:02}")
        figures = [f"{psnr(grey, load(path + '.ours.wsq.ours.pgm')):.1f}"]
        for make in (lambda: nbis_encode(grey), lambda: open(path + ".ours.wsq", "rb").read()):
            try:
                figures.append(f"{psnr(grey, numpy.array(Image.open(io.BytesIO(make())))):.1f}")
            except Exception:  # The package raises what comes to hand.
                figures.append("fails")
        cells.append(f"{name}: {' / '.join(figures)}")
    for start in range(0, len(cells), 4):
        print("       " + "   ".join(cells[start:start + 4]))


def best_time(body):
    times = []
    for _ in range(20):
        start = time.process_time()
        body()
        times.append((time.process_time() - start) * 1000)
    return min(times)


def report_speed(program, seed, folder):
    random = numpy.random.default_rng(seed)
    for name, grey in (("a finger", ridges(random, 500, 500)), ("noise", random.uniform(0, 256, (500, 500)))):
        grey = numpy.clip(numpy.rint(grey), 0, 255).astype(numpy.uint8)
        path = os.path.join(folder, "speed.pgm")
        image = Image.fromarray(grey)
        image.save(path)
        limit = 18 * 1024 if name == "noise" else 9 * 1024
        ours = json.loads(subprocess.check_output([program, "speed", path, str(limit)]))
        file = nbis_encode(grey)
        encode = best_time(lambda: image.save(io.BytesIO(), "WSQ"))
        decode = best_time(lambda: Image.open(io.BytesIO(file)).load())
        print(f"{name}, 500x500, processor time: encode {ours['encode']:.2f} ms, NBIS {encode:.2f}; "
              f"decode {ours['decode']:.2f} ms, NBIS {decode:.2f}; {ours['bytes']} bytes within {limit}: "
              f"{ours['limitedBytes']} in {ours['limitedEncode']:.2f} ms")


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("program", help="formats-campaign, built from Benchmarks/formats-campaign")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--keep", metavar="FOLDER", help="leave the files there")
    arguments = parser.parse_args()
    program = os.path.abspath(arguments.program)
    with tempfile.TemporaryDirectory() as scratch:
        folder = arguments.keep or scratch
        for part in ("compared", "reported"):
            os.makedirs(os.path.join(folder, part), exist_ok=True)
        fine = compare(program, arguments.seed, os.path.join(folder, "compared"))
        report_others(program, arguments.seed, os.path.join(folder, "reported"))
        report_speed(program, arguments.seed, folder)
    sys.exit(0 if fine else 1)


if __name__ == "__main__":
    main()
