#!/usr/bin/env python3
"""Compare a WSQ file with the picture that it was made from, by NBIS (the Python package wsq).

Prints one line of JSON. The package must be installed: pip install wsq numpy.
"""

import argparse
import io
import json
import math
import os
import sys

# This file bears the name of the package, which must not be looked for here.
here = os.path.dirname(os.path.realpath(__file__))
sys.path = [folder for folder in sys.path if os.path.realpath(folder) != here]

import numpy  # noqa: E402
import wsq  # noqa: E402,F401  (registers WSQ with Pillow)
from PIL import Image  # noqa: E402


def psnr(one, two):
    error = numpy.mean((one.astype(float) - two.astype(float)) ** 2)
    return 99.0 if error == 0 else 10 * math.log10(255**2 / error)


def difference(one, two):
    return numpy.abs(one.astype(int) - two.astype(int))


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("pgm", help="the original picture")
    parser.add_argument("wsq", help="the file to judge, made from it")
    parser.add_argument("--save-reference", metavar="FILE", help="write NBIS's own WSQ file of the picture")
    parser.add_argument("--save-decoded", metavar="FILE", help="write NBIS's decoding of the judged file as PGM")
    parser.add_argument(
        "--save-reference-decoded", metavar="FILE", help="write NBIS's decoding of its own file as PGM")
    arguments = parser.parse_args()

    original = Image.open(arguments.pgm).convert("L")
    pixels = numpy.array(original)
    with open(arguments.wsq, "rb") as file:
        judged = file.read()
    decoded_image = Image.open(io.BytesIO(judged))
    decoded = numpy.array(decoded_image)

    buffer = io.BytesIO()
    original.save(buffer, "WSQ")
    reference = buffer.getvalue()
    reference_image = Image.open(io.BytesIO(reference))
    reference_decoded = numpy.array(reference_image)

    if arguments.save_reference:
        with open(arguments.save_reference, "wb") as file:
            file.write(reference)
    if arguments.save_decoded:
        decoded_image.save(arguments.save_decoded, "PPM")
    if arguments.save_reference_decoded:
        reference_image.save(arguments.save_reference_decoded, "PPM")

    between = difference(decoded, reference_decoded)
    print(json.dumps({
        "width": original.width,
        "height": original.height,
        "bytes": len(judged),
        "reference_bytes": len(reference),
        "psnr": round(psnr(pixels, decoded), 4),
        "reference_psnr": round(psnr(pixels, reference_decoded), 4),
        "max_difference": int(difference(pixels, decoded).max()),
        "max_difference_from_reference": int(between.max()),
        "pixels_unlike_reference": int((between > 0).sum()),
    }))


if __name__ == "__main__":
    main()
