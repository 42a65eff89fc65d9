#!/usr/bin/env python3
"""Seals and opens the same bytes with `loket-central` and with Debian's `age`, in turn, and prints the ratios.

usage: packet-speed.py FOLDER-WITH-loket-central [--bytes N] [--rounds N] [--seed N]

Three promises are compared, each with the same one of age:
  as it comes   to standard output, into a file, neither synchronised nor read back
  durable       synchronised and read back: age, then sync, then sha256sum of the file
  open          a file sealed for X25519, to standard output
A hybrid recipient, which age 1.1.1 does not know, stands beside them. The best of all rounds counts, in seconds
of wall time and of processor time (user and system, with all children), since a busy machine spoils the first.
Memory is the largest of a process (ru_maxrss). Ends with 1 when sealing takes more than 1.2 times as much of the
processor, and more wall time too, or when a process took more than 64 MiB. Needs a release build.
"""

import argparse
import os
import random
import shutil
import subprocess
import sys
import tempfile
import time

LIMIT, MEMORY = 1.2, 64 << 10

arguments = argparse.ArgumentParser()
arguments.add_argument("binaries")
arguments.add_argument("--bytes", type=int, default=200_000_000)
arguments.add_argument("--rounds", type=int, default=5)
arguments.add_argument("--seed", type=int, default=20261122)
arguments = arguments.parse_args()
central = os.path.join(arguments.binaries, "loket-central")


class Cost:
    """The least that one kind of call took, and the most memory."""

    def __init__(self):
        self.wall = self.processor = float("inf")
        self.resident = 0

    def run(self, *commands, output=None):
        start, processor = time.perf_counter(), 0
        for command in commands:
            with open(output or os.devnull, "wb") as out:
                child = subprocess.Popen(command, stdout=out, stderr=subprocess.DEVNULL)
                _, status, usage = os.wait4(child.pid, 0)
                child.returncode = os.waitstatus_to_exitcode(status)
            if child.returncode:
                sys.exit(f"{' '.join(command[:3])} ended with {child.returncode}")
            processor += usage.ru_utime + usage.ru_stime
            self.resident = max(self.resident, usage.ru_maxrss)
        self.wall = min(self.wall, time.perf_counter() - start)
        self.processor = min(self.processor, processor)


def keys(folder):
    """An X25519 pair by age-keygen, and a hybrid recipient where Python's cryptography can make one."""
    identity = os.path.join(folder, "identity")
    subprocess.run(["age-keygen", "-o", identity], check=True, stderr=subprocess.DEVNULL)
    recipient = subprocess.run(["age-keygen", "-y", identity], check=True, capture_output=True, text=True).stdout.strip()
    # In a process of its own: a child's memory is counted from what its parent held when it was started.
    made = subprocess.run(
        [sys.executable, "-c", "import packet_age_files; print(packet_age_files.HybridKey().recipient)"],
        cwd=os.path.dirname(os.path.abspath(__file__)), env=os.environ | {"PYTHONDONTWRITEBYTECODE": "1"},
        capture_output=True, text=True)
    return identity, recipient, made.stdout.strip() or None


def main():
    if not shutil.which("age"):
        print("skipped: no age on this machine")
        return 77
    with tempfile.TemporaryDirectory() as folder:
        identity, recipient, hybrid = keys(folder)
        plain, theirs, ours = (os.path.join(folder, name) for name in ("plain", "theirs.age", "ours.age"))
        chance = random.Random(arguments.seed)
        with open(plain, "wb") as file:
            for left in range(arguments.bytes, 0, -(1 << 20)):
                file.write(chance.randbytes(min(left, 1 << 20)))
        names = ["age", "ours", "age durable", "ours durable", "hybrid durable", "age opens", "we open"]
        costs = {name: Cost() for name in names}
        seal = [central, "packet", "seal", plain, "--recipient", recipient]
        for _ in range(arguments.rounds):
            costs["age"].run(["age", "-r", recipient, plain], output=theirs)
            costs["ours"].run(seal, output=ours)
            costs["age durable"].run(
                ["age", "-r", recipient, "-o", theirs, plain], ["sync", theirs], ["sha256sum", theirs])
            costs["ours durable"].run(seal + ["--output", ours])
            if hybrid:
                costs["hybrid durable"].run(seal[:-1] + [hybrid, "--output", ours + ".pq"])
            costs["age opens"].run(["age", "--decrypt", "-i", identity, ours], output=plain + ".1")
            costs["we open"].run(
                [central, "packet", "open", theirs, "--identity", identity, "--raw"], output=plain + ".2")
        subprocess.run(["cmp", plain, plain + ".1"], check=True)
        subprocess.run(["cmp", plain, plain + ".2"], check=True)
    return show(costs)


def show(costs):
    print(f"{arguments.bytes} bytes, seed {arguments.seed}, best of {arguments.rounds} rounds in turn; load {os.getloadavg()[0]:.1f}")
    for name, cost in costs.items():
        if cost.resident:
            print(f"  {name:15} {cost.wall:6.3f} s wall, {cost.processor:6.3f} s processor, {cost.resident >> 10:3} MiB")
    failed = 0
    for name, one, other in (
            ("seal, as it comes", "ours", "age"), ("seal, durable and read back", "ours durable", "age durable"),
            ("open", "we open", "age opens")):
        wall, processor = (getattr(costs[one], k) / getattr(costs[other], k) for k in ("wall", "processor"))
        good = min(wall, processor) <= LIMIT
        failed += not good
        print(f"{'ok  ' if good else 'FAIL'} {name}: {wall:.2f} of age's wall time, {processor:.2f} of its processor time")
    most = max(costs[name].resident for name in costs if "ours" in name or "we" in name or "hybrid" in name)
    print(f"{'ok  ' if most < MEMORY else 'FAIL'} memory: at most {most >> 10} MiB")
    failed += most >= MEMORY
    print(f"packet speed: {4 - failed} passed, {failed} failed, 0 skipped")
    return 1 if failed else 0


sys.exit(main())
