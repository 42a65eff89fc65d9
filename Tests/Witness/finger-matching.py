#!/usr/bin/env python3
"""Score the pairs of a finger-matching campaign by NBIS (the Python package nbis-py) and draw both histograms.

    finger-matching.py FOLDER [--picture FILE.svg] [--json] [--threshold N] [--impostors N] [--minutiae]

FOLDER holds what `finger-matching --output FOLDER` wrote: pictures FINGER_NUMBER.pgm, scores.csv, minutiae.csv.
With --minutiae the minutiae are compared instead, print by print: the share of ours that has one of NBIS's within
12 pixels and 30 degrees, and the other way round. The packages must be installed: pip install nbis-py pillow.
"""

import argparse
import csv
import io
import json
import math
import multiprocessing
import os

import nbis
from PIL import Image

EXTRACTOR = None
PRINTS = {}


def extractor():
    global EXTRACTOR
    if EXTRACTOR is None:
        EXTRACTOR = nbis.new_nbis_extractor(
            nbis.NbisExtractorSettings(
                min_quality=0.0, get_center=False, check_fingerprint=False, compute_nfiq2=False, ppi=500.0))
    return EXTRACTOR


def minutiae(path):
    buffer = io.BytesIO()
    Image.open(path).save(buffer, "PNG")
    return extractor().extract_minutiae(buffer.getvalue())


def score(work):
    """One impression against many."""
    first, others = work
    return [(first, name, int(PRINTS[first].compare(PRINTS[name]))) for name in others]


def agree(one, other):
    turned = abs((one[2] - other[2] + 180) % 360 - 180)
    return math.hypot(one[0] - other[0], one[1] - other[1]) <= 12 and turned <= 30


def found(some, others):
    return sum(any(agree(one, other) for other in others) for one in some) / max(1, len(some))


def compare_minutiae(folder):
    """NBIS marks much that it does not trust itself, so its sure half is counted apart."""
    ours = {}
    with open(os.path.join(folder, "minutiae.csv")) as file:
        for row in csv.DictReader(file):
            ours.setdefault(row["print"], []).append((int(row["x"]), int(row["y"]), int(row["degrees"])))
    figures = []
    for name, mine in ours.items():
        theirs = [
            (point.x(), point.y(), point.angle(), point.reliability())
            for point in minutiae(os.path.join(folder, f"{name}.pgm")).get()
        ]
        sure = [point for point in theirs if point[3] > 0.5]
        figures.append({
            "print": name, "ours": len(mine), "theirs": len(theirs), "sure": len(sure),
            "oursInTheirs": round(found(mine, theirs), 3), "theirsInOurs": round(found(theirs, mine), 3),
            "sureInOurs": round(found(sure, mine), 3),
        })
    return figures


def rates(pairs, threshold):
    genuine = [pair["score"] for pair in pairs if pair["kind"] == "same"]
    impostors = [pair["score"] for pair in pairs if pair["kind"] == "other"]
    return {
        "threshold": threshold,
        "genuinePairs": len(genuine),
        "impostorPairs": len(impostors),
        "falseNonMatch": sum(value < threshold for value in genuine) / max(1, len(genuine)),
        "falseMatch": sum(value >= threshold for value in impostors) / max(1, len(impostors)),
        "lowestGenuine": min(genuine, default=None),
        "highestImpostor": max(impostors, default=None),
    }


def panel(title, pairs, threshold, top):
    """Two histograms over the score, in shares of their own pairs, on a scale where small shares show."""
    width, height, limit = 640, 150, 600
    step = 10
    bins = {"same": [0] * (limit // step + 1), "other": [0] * (limit // step + 1)}
    for pair in pairs:
        bins[pair["kind"]][min(limit, pair["score"]) // step] += 1
    lines = [f'  <text x="40" y="{top + 14}" class="title">{title}</text>']
    bar = width / (limit // step + 1)
    for kind in ("other", "same"):
        total = max(1, sum(bins[kind]))
        for index, count in enumerate(bins[kind]):
            if count == 0:
                continue
            # One pair in 20,000 is a tenth of the height, all of them the whole.
            tall = height * max(0.1, 1 + math.log10(count / total) / 4.8)
            lines.append(
                f'  <rect class="{kind}" x="{40 + index * bar:.1f}" y="{top + 24 + height - tall:.1f}" '
                f'width="{bar - 1:.1f}" height="{tall:.1f}"/>')
    x = 40 + threshold / step * bar
    lines.append(f'  <line x1="{x:.1f}" y1="{top + 20}" x2="{x:.1f}" y2="{top + 24 + height}"/>')
    lines.append(f'  <text x="{x + 4:.1f}" y="{top + 32}">{threshold}</text>')
    for value in range(0, limit + 1, 100):
        lines.append(f'  <text x="{40 + value / step * bar:.1f}" y="{top + 40 + height}">{value}</text>')
    return lines


def draw(path, ours, theirs, threshold, their_threshold):
    figures = [rates(ours, threshold), rates(theirs, their_threshold)]
    titles = [
        f"{name}: {row['genuinePairs']} pairs of one finger, {row['impostorPairs']} of two; "
        f"false non-match {row['falseNonMatch']:.2%}, false match {row['falseMatch']:.3%}"
        for name, row in zip(("SampleQuality", "NBIS bozorth3 on the same pictures"), figures)
    ]
    lines = [
        '<svg xmlns="http://www.w3.org/2000/svg" width="720" height="440" viewBox="0 0 720 440">',
        "  <!-- Drawn by Tests/Witness/finger-matching.py from a campaign's scores. -->",
        "  <style>text{font:11px sans-serif;fill:#333}.title{font-size:12px}.same{fill:#2b7a4b;opacity:.75}",
        "  .other{fill:#b5462f;opacity:.75}line{stroke:#333;stroke-dasharray:3 3}</style>",
        '  <rect width="720" height="440" fill="#fff"/>',
        '  <text x="40" y="20">Share of pairs (logarithmic) by score: red two fingers, green one finger, '
        "dashed the threshold</text>",
    ]
    lines += panel(titles[0], ours, threshold, 34) + panel(titles[1], theirs, their_threshold, 234)
    with open(path, "w") as file:
        file.write("\n".join(lines + ["</svg>"]) + "\n")


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("folder")
    parser.add_argument("--threshold", type=int, default=40, help="ours")
    parser.add_argument("--impostors", type=int, default=0, help="only so many pairs of two fingers, evenly chosen")
    parser.add_argument("--picture", metavar="FILE", help="write both histograms as SVG")
    parser.add_argument("--minutiae", action="store_true", help="compare minutiae instead of scores")
    parser.add_argument("--json", action="store_true")
    arguments = parser.parse_args()
    if arguments.minutiae:
        for row in compare_minutiae(arguments.folder):
            print(json.dumps(row))
        return

    with open(os.path.join(arguments.folder, "scores.csv")) as file:
        ours = [dict(row, score=int(row["score"])) for row in csv.DictReader(file)]
    others = [pair for pair in ours if pair["kind"] == "other"]
    if 0 < arguments.impostors < len(others):
        chosen = [others[index * len(others) // arguments.impostors] for index in range(arguments.impostors)]
    else:
        chosen = others
    pairs = [pair for pair in ours if pair["kind"] == "same"] + chosen

    work = {}
    for pair in pairs:
        work.setdefault(pair["first"], []).append(pair["second"])
    # Made before the processes part, since a print cannot be sent to another process.
    for name in sorted({name for pair in pairs for name in (pair["first"], pair["second"])}):
        PRINTS[name] = minutiae(os.path.join(arguments.folder, f"{name}.pgm"))
    with multiprocessing.get_context("fork").Pool() as pool:
        jobs = list(work.items())
        scored = {(first, second): value for part in pool.imap_unordered(score, jobs, 4) for first, second, value in part}
    theirs = [dict(pair, score=scored[(pair["first"], pair["second"])]) for pair in pairs]

    figures = {
        "sampleQuality": rates(ours, arguments.threshold),
        "nbis40": rates(theirs, 40),
        "nbis35": rates(theirs, 35),
    }
    if arguments.picture:
        draw(arguments.picture, ours, theirs, arguments.threshold, 40)
    if arguments.json:
        print(json.dumps(figures))
    else:
        for name, row in figures.items():
            print(
                f"{name:14} threshold {row['threshold']}: false match {row['falseMatch']:.3%} of {row['impostorPairs']} "
                f"(highest {row['highestImpostor']}), false non-match {row['falseNonMatch']:.2%} of "
                f"{row['genuinePairs']} (lowest {row['lowestGenuine']})")


if __name__ == "__main__":
    main()
