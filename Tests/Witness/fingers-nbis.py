#!/usr/bin/env python3
"""Scores pictures of synthetic fingers with nbis-py: NFIQ 2, minutiae (mindtct) and bozorth3.

usage: fingers-nbis.py FOLDER [PAIRS]

FOLDER holds PGM files named FINGER_ANYTHING.pgm, 500 pixels an inch, as `finger-matching --output` writes them;
pictures with the same FINGER are of one finger. Each genuine pair is compared and, of each ten fingers, PAIRS pairs of different ones (100 unless told).
Prints percentiles, a histogram of NFIQ 2 and, with SCORES=1 in the environment, a line a picture.
"""
import collections
import glob
import io
import os
import random
import re
import sys
from multiprocessing import Pool

import nbis
import numpy
from PIL import Image

GROUP = 10
extractor = None


def start():
    global extractor
    extractor = nbis.new_nbis_extractor(
        nbis.NbisExtractorSettings(
            min_quality=0, get_center=False, check_fingerprint=False, compute_nfiq2=True, ppi=500.0))


def examined(path):
    """Score (-1 when NFIQ 2 refuses the picture) and minutiae."""
    png = io.BytesIO()
    Image.open(path).save(png, "PNG")
    try:
        minutiae = extractor.extract_minutiae(png.getvalue())
    except BaseException:  # nbis-py's errors cannot leave a worker: they do not pickle.
        return -1, None
    try:
        return minutiae.quality().score, minutiae
    except BaseException:
        return -1, minutiae


def compared(one, other):
    try:
        return one.compare(other)
    except BaseException:
        return 0


def group(task):
    seed, wanted, fingers = task
    pictures, prints = [], []
    for paths in fingers:
        scores = [(path, *examined(path)) for path in paths]
        pictures += [(path, score, len(minutiae.get()) if minutiae else 0) for path, score, minutiae in scores]
        prints.append([minutiae for _, _, minutiae in scores if minutiae])
    genuine = [compared(a, b) for own in prints for i, a in enumerate(own) for b in own[:i]]
    strangers = [(a, b) for i, own in enumerate(prints) for other in prints[:i] for a in own for b in other]
    random.Random(seed).shuffle(strangers)
    return pictures, genuine, [compared(a, b) for a, b in strangers[:wanted]]


def percentiles(values, *shares):
    return "  ".join(f"p{share:g} {numpy.percentile(values, share):.0f}" for share in shares)


def main():
    fingers = collections.defaultdict(list)
    for path in sorted(glob.glob(os.path.join(sys.argv[1], "*.pgm"))):
        fingers[re.split("[-_]", os.path.basename(path))[0]].append(path)
    wanted = int(sys.argv[2]) if len(sys.argv) > 2 else 100
    every = list(fingers.values())
    tasks = [(start, wanted, every[start:start + GROUP]) for start in range(0, len(every), GROUP)]
    with Pool(initializer=start) as pool:
        done = list(pool.imap(group, tasks))
    pictures = [picture for part in done for picture in part[0]]
    genuine = [score for part in done for score in part[1]]
    impostor = [score for part in done for score in part[2]]
    scores = numpy.array([score for _, score, _ in pictures])
    print(f"{len(fingers)} fingers, {len(pictures)} pictures, NFIQ 2 refused {sum(scores < 0)}")
    print("NFIQ 2   ", percentiles(scores[scores >= 0], 0, 5, 25, 50, 75, 95, 100))
    print("in tens  ", [int(sum((scores >= low) & (scores < low + 10))) for low in range(0, 100, 10)])
    print("minutiae ", percentiles([count for _, _, count in pictures], 0, 5, 50, 95, 100))
    for name, values in ("genuine", genuine), ("impostor", impostor):
        if values:
            below = numpy.mean(numpy.array(values) < 40) * 100
            print(f"{name:9}", percentiles(values, 0, 1, 5, 25, 50, 75, 99, 99.9, 100), f"below 40: {below:.2f} % of {len(values)}")
    if os.environ.get("SCORES"):
        for path, score, count in pictures:
            print(os.path.basename(path), score, count)


if __name__ == "__main__":
    main()
