#!/usr/bin/env python3
"""Compares our quality score of fingers with NFIQ 2's, as the Python package nbis-py computes it.

    finger-quality.py judge FINGER-QUALITY [--seed N] [--real FILE ...] [--folder FOLDER]
    finger-quality.py fit FINGER-QUALITY [--real FILE ...] [--folder FOLDER] --model FILE.swift

FINGER-QUALITY is the program of that name (Benchmarks/finger-quality). `judge` makes pictures that no fit has
seen (other people, other seeds), scores them on both sides and prints Spearman's correlation and how often both
are on the same side of TR-03121's thresholds; it ends with 1 below 0.8 or 90 %. What NFIQ 2 refuses counts
as 0. `fit` makes the pictures to learn from and writes the model. Real fingers are the witnesses in
../shared/witness/fingers or LOKET_WITNESS, p2_1 for judging and the others for learning, and what --real names.
The shipped model also learnt from fingers 101_1 and 101_2 of the PyPI package fingerprint-recognition 2.1.0.
NFIQ 2's scores are kept in FOLDER, by what is in the pictures. Needs nbis-py, numpy, scipy, Pillow; `fit` also
scikit-learn.
"""
import argparse
import concurrent.futures
import glob
import hashlib
import io
import json
import os
import subprocess
import sys
import tempfile
import threading

import numpy as np
from PIL import Image
from scipy.stats import spearmanr

import finger_quality_pictures as pictures

HERE = os.path.dirname(os.path.realpath(__file__))
WITNESS = os.environ.get("LOKET_WITNESS", os.path.join(HERE, "..", "..", "..", "shared", "witness"))
THRESHOLDS = (30, 20, 10)
NO_FINGER = 3
# seed, first person and how many, seeds of drawn fingers, pictures of one (real, emulated, drawn), no fingers
SETS = {
    "judge": (22, 10001, 30, range(500, 507), (50, 2, 8), 20),
    "fit": (21, 1, 120, range(100, 125), (120, 2, 12), 60),
    "fit-more": (23, 1, 0, range(125, 145), (130, 0, 8), 60),
}


def nfiq2(path, local=threading.local()):
    import nbis

    if not hasattr(local, "extractor"):
        local.extractor = nbis.new_nbis_extractor(nbis.NbisExtractorSettings(
            min_quality=0, get_center=False, check_fingerprint=False, compute_nfiq2=True, ppi=500.0))
    file = io.BytesIO()
    Image.open(path).save(file, "PNG")
    try:
        return local.extractor.extract_minutiae(file.getvalue()).quality().score
    except BaseException:  # its errors are of no common kind
        return None


def oracle(folder, paths):
    """NFIQ 2's score of each picture, 0 for those that it refuses."""
    store = os.path.join(folder, "nfiq2.json")
    known = json.load(open(store)) if os.path.exists(store) else {}
    digests = {path: hashlib.sha256(open(path, "rb").read()).hexdigest() for path in paths}
    missing = [path for path in paths if digests[path] not in known]
    with concurrent.futures.ThreadPoolExecutor(os.cpu_count()) as pool:
        for path, score in zip(missing, pool.map(nfiq2, missing)):
            known[digests[path]] = score
    with open(store, "w") as file:
        json.dump(known, file)
    return np.array([known[digests[path]] or 0 for path in paths], float)


def measured(program, folder):
    """Scores and rows of measures by name."""
    lines = subprocess.check_output([program, "measure", folder], text=True).splitlines()
    split = [line.split() for line in lines]
    return {name: (int(score), [float(value) for value in row]) for name, score, _, *row in split}


def gathered(kind, arguments):
    """Makes a set of pictures; gives names, sources, NFIQ 2's scores, ours, and our measures."""
    seed, first, count, grown, each, nothing = SETS[kind]
    if arguments.seed is not None and kind == "judge":
        seed, first = arguments.seed, first + 100 * arguments.seed
        grown = range(500 + 10 * seed, 507 + 10 * seed)
    folder = os.path.join(arguments.folder, kind)
    drawn = os.path.join(arguments.folder, f"{kind}-emulated")
    subprocess.check_call([arguments.program, "draw", drawn, str(first), str(count)])
    witnesses = ("p2_1",) if kind == "judge" else ("p1_1", "p1_2")
    real = [os.path.join(WITNESS, "fingers", f"{name}.png") for name in witnesses]
    if not all(map(os.path.exists, real)):
        print(f"no witness fingers in {WITNESS}: without them", file=sys.stderr)
        real = []
    listing = pictures.make(
        folder, seed, real + arguments.real, sorted(glob.glob(os.path.join(drawn, "*.pgm"))), grown, each, nothing)
    ours = measured(arguments.program, folder)
    names = [name for name, _, _ in listing]
    theirs = oracle(arguments.folder, [os.path.join(folder, name) for name in names])
    return (
        [source for _, source, _ in listing], theirs, np.array([ours[name][0] for name in names]),
        np.array([ours[name][1] for name in names], np.float32))


def agreement(theirs, ours):
    figures = {"pictures": len(theirs), "spearman": round(float(spearmanr(theirs, ours)[0]), 3)}
    figures["mean difference"] = round(float(np.abs(theirs - ours).mean()), 1)
    for threshold in THRESHOLDS:
        same = np.mean((theirs >= threshold) == (ours >= threshold))
        figures[f"same side of {threshold}"] = round(100 * float(same), 1)
    return figures


def judge(arguments):
    sources, theirs, ours, _ = gathered("judge", arguments)
    kinds = np.array([kind_of(source) for source in sources])
    report = {"all": agreement(theirs, ours), "accepted by NFIQ 2": agreement(theirs[theirs > 0], ours[theirs > 0])}
    for kind in sorted(set(kinds)):
        report[kind] = agreement(theirs[kinds == kind], ours[kinds == kind])
    report["spread"] = {f"{low}-{low + 9}": int(np.sum((theirs >= low) & (theirs < low + 10))) for low in range(0, 100, 10)}
    print(json.dumps(report, indent=2))
    whole = report["all"]
    good = whole["spearman"] >= 0.8 and all(whole[f"same side of {threshold}"] >= 90 for threshold in THRESHOLDS)
    print(f"finger quality: {int(good)} passed, {int(not good)} failed, 0 skipped")
    return 0 if good else 1


def kind_of(source):
    if source.startswith("drawn"):
        return "drawn by a second program"
    return "emulated" if source.endswith(".pgm") else source


def fit(arguments):
    import finger_quality_fit

    sets = [gathered(kind, arguments) for kind in ("fit", "fit-more")]
    theirs, rows = (np.concatenate([found[place] for found in sets]) for place in (1, 3))
    # There are few that show no finger, and they matter more than their number.
    weights = np.array([NO_FINGER if source == "no finger" else 1 for found in sets for source in found[0]])
    finger_quality_fit.write(rows, theirs, weights, arguments.model)
    return 0


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("action", choices=("judge", "fit"))
    parser.add_argument("program", help="the program finger-quality")
    parser.add_argument("--real", nargs="*", default=[], help="more real fingers, 500 pixels an inch")
    parser.add_argument("--folder", help="where pictures and NFIQ 2's scores are kept")
    parser.add_argument("--seed", type=int, help="judge by other pictures: of other people, spoilt by other chance")
    parser.add_argument("--model", help="the Swift file to write")
    arguments = parser.parse_args()
    try:
        import nbis  # noqa: F401
    except ImportError:
        print("skipped: needs the Python package nbis-py")
        return 77
    with tempfile.TemporaryDirectory() as temporary:
        arguments.folder = arguments.folder or temporary
        os.makedirs(arguments.folder, exist_ok=True)
        return {"judge": judge, "fit": fit}[arguments.action](arguments)


if __name__ == "__main__":
    sys.exit(main())
