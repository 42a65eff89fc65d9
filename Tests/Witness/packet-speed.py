#!/usr/bin/env python3
"""Seals and opens the same bytes with `loket-central` and with Debian's `age`, in turn, and prints the ratios.

usage: packet-speed.py FOLDER-WITH-loket-central [--bytes N] [--rounds N] [--seed N]

Three promises are compared, each with the same one of age:
  as it comes   to standard output, into a file, neither synchronised nor read back
  durable       synchronised and read back: age, then sync, then sha256sum of the file
  open          a file sealed for X25519, to standard output
A hybrid recipient, which age 1.1.1 does not know, stands beside them, and a short packet, which shows what the
start of a program costs: it is printed and not judged.

Each round runs all of them, every other round in the opposite order; each output is a new file, removed before the
clock of the next call starts, so that neither side pays for what the other left in the file cache. Counted are wall
time and processor time (user and system, with all children), as the best of all rounds, since what else a machine
does only ever adds, and as the median beside it. Memory is the largest of a process (ru_maxrss). Ends with 1 when
the best of anything but the short packet is more than 1.2 times age's best, in wall time or in processor time, or
when a process took more than 64 MiB. Needs a release build.
"""

import argparse
import os
import random
import shutil
import statistics
import subprocess
import sys
import tempfile
import time

LIMIT, MEMORY, SHORT = 1.2, 64 << 10, 147_000

arguments = argparse.ArgumentParser()
arguments.add_argument("binaries")
arguments.add_argument("--bytes", type=int, default=200_000_000)
arguments.add_argument("--rounds", type=int, default=10)
arguments.add_argument("--seed", type=int, default=20261122)
arguments = arguments.parse_args()
central = os.path.join(arguments.binaries, "loket-central")


class Cost:
    """What one kind of call took, round by round, and the most memory."""

    def __init__(self):
        self.walls, self.processors, self.resident = [], [], 0

    def __str__(self):
        return ", ".join(
            f"{min(times):6.3f} ({statistics.median(times):6.3f}) s {name}"
            for times, name in ((self.walls, "wall"), (self.processors, "processor")))

    def over(self, other, count):
        """Wall and processor time as parts of another's, by the best or the median of the rounds."""
        return [count(mine) / count(its) for mine, its in (
            (self.walls, other.walls), (self.processors, other.processors))]

    def run(self, *commands, output, printed=False):
        """Runs commands that make `output`; what they print goes there when it is `printed`."""
        if os.path.exists(output):
            os.remove(output)
        start, processor = time.perf_counter(), 0
        for command in commands:
            with open(output if printed else os.devnull, "wb") as out:
                child = subprocess.Popen(command, stdout=out, stderr=subprocess.DEVNULL)
                _, status, usage = os.wait4(child.pid, 0)
                child.returncode = os.waitstatus_to_exitcode(status)
            if child.returncode:
                sys.exit(f"{' '.join(command[:3])} ended with {child.returncode}")
            processor += usage.ru_utime + usage.ru_stime
            self.resident = max(self.resident, usage.ru_maxrss)
        self.walls.append(time.perf_counter() - start)
        self.processors.append(processor)


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


def fill(path, count, chance):
    with open(path, "wb") as file:
        for left in range(count, 0, -(1 << 20)):
            file.write(chance.randbytes(min(left, 1 << 20)))
        os.fsync(file.fileno())


def main():
    if not shutil.which("age"):
        print("skipped: no age on this machine")
        return 77
    with tempfile.TemporaryDirectory() as folder:
        identity, recipient, hybrid = keys(folder)
        plain, short, sealed, theirs, ours, opened, found = (
            os.path.join(folder, name)
            for name in ("plain", "short", "sealed.age", "theirs.age", "ours.age", "opened", "found"))
        chance = random.Random(arguments.seed)
        fill(plain, arguments.bytes, chance)
        fill(short, SHORT, chance)
        subprocess.run(["age", "-r", recipient, "-o", sealed, plain], check=True)
        os.sync()
        age, seal, streamed = ["age", "-r", recipient], [central, "packet", "seal"], dict(printed=True)
        to = ["--recipient", recipient]
        calls = {
            "age": lambda cost: cost.run([*age, plain], output=theirs, **streamed),
            "ours": lambda cost: cost.run([*seal, plain, *to], output=ours, **streamed),
            "age durable": lambda cost: cost.run(
                [*age, "-o", theirs, plain], ["sync", theirs], ["sha256sum", theirs], output=theirs),
            "ours durable": lambda cost: cost.run([*seal, plain, *to, "--output", ours], output=ours),
            "hybrid durable": lambda cost: cost.run(
                [*seal, plain, "--recipient", hybrid, "--output", ours], output=ours),
            "age opens": lambda cost: cost.run(
                ["age", "--decrypt", "-i", identity, sealed], output=opened, **streamed),
            "we open": lambda cost: cost.run(
                [central, "packet", "open", sealed, "--identity", identity, "--raw"], output=found, **streamed),
            "age short": lambda cost: cost.run([*age, short], output=theirs, **streamed),
            "ours short": lambda cost: cost.run([*seal, short, *to], output=ours, **streamed),
        }
        if not hybrid:
            del calls["hybrid durable"]
        costs = {name: Cost() for name in calls}
        for number in range(arguments.rounds):
            for name in list(calls)[::-1 if number % 2 else 1]:
                calls[name](costs[name])
        calls["ours"](Cost())
        subprocess.run(["age", "--decrypt", "-i", identity, "-o", opened, ours], check=True)
        subprocess.run(["cmp", plain, opened], check=True)
        calls["we open"](Cost())
        subprocess.run(["cmp", plain, found], check=True)
    return show(costs)


def show(costs):
    print(
        f"{arguments.bytes} bytes, short {SHORT}, seed {arguments.seed}, best (median) of {arguments.rounds} rounds; "
        f"load {os.getloadavg()[0]:.1f}")
    for name, cost in costs.items():
        print(f"  {name:15} {cost}, {cost.resident >> 10:3} MiB")
    failed = 0
    for name, one, other in (
            ("seal, as it comes", "ours", "age"), ("seal, durable and read back", "ours durable", "age durable"),
            ("open", "we open", "age opens"), ("seal, short", "ours short", "age short")):
        wall, processor = costs[one].over(costs[other], min)
        usual = costs[one].over(costs[other], statistics.median)
        judged = one != "ours short"
        good = max(wall, processor) <= LIMIT
        failed += judged and not good
        print(
            f"{('ok' if good else 'FAIL') if judged else '':4} {name}: {wall:.2f} ({usual[0]:.2f}) of age's wall time, "
            f"{processor:.2f} ({usual[1]:.2f}) of its processor time")
    most = max(costs[name].resident for name in costs if "ours" in name or "we" in name or "hybrid" in name)
    print(f"{'ok  ' if most < MEMORY else 'FAIL'} memory: at most {most >> 10} MiB")
    failed += most >= MEMORY
    print(f"packet speed: {4 - failed} passed, {failed} failed, 0 skipped")
    return 1 if failed else 0


sys.exit(main())
