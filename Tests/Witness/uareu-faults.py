#!/usr/bin/env python3
"""The recorded session of a real U.are.U 4500 with each transfer failing in turn in each way that Linux reports.

    uareu-faults.py WITNESS-FOLDER LOKET [--jobs N]

Each run must end within its deadline, with the picture of the recording to the pixel or with a named error of the
scanner or what the person should do, with the interface released, as libusb's own log tells. A replay answers only what the recording
holds, so a second try has nobody to talk to here: sessions that are mended are shown by the in-process matrix
(UareUFaultMatrixTests) and by the first errors here that a session survives.
"""

import argparse
import collections
import concurrent.futures
import copy
import errno
import os
import sys

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
import uareu_recording as usb  # noqa: E402

ERRORS = ["EPIPE", "EPROTO", "EILSEQ", "EOVERFLOW", "ETIME", "ETIMEDOUT", "EREMOTEIO", "EIO", "ECONNRESET", "ENOENT",
          "ENODEV", "ESHUTDOWN"]
DEADLINE = 30
# A message that is lost looks like a finger that does not come, or does not go: the person is asked, not the machine.
STATUSES = {"scanner": 10, "person": 3}


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("witness")
    parser.add_argument("loket")
    parser.add_argument("--jobs", type=int, default=16)
    arguments = parser.parse_args()
    folder = os.path.join(arguments.witness, "uru4000-4500")
    if not os.path.exists(os.path.join(folder, "capture.pcapng")):
        print("skipped: no recording of a 4500")
        sys.exit(77)
    recording = usb.load(os.path.join(folder, "capture.pcapng"))
    with open(os.path.join(folder, "device"), encoding="utf-8") as file:
        device = file.read()

    flawless = usb.replay(arguments.loket, device, recording)
    if flawless.status != 0 or len(flawless.raw) != usb.ROWS * usb.COLUMNS or not flawless.is_released:
        sys.exit(f"the recording itself: status {flawless.status}, {flawless.code}, {flawless.log[-400:]}")

    # The standard requests at the start are never sent again, and the last transfer is cancelled anyway.
    ends = [index for index, packet in enumerate(recording)
            if packet.is_end and packet.status == 0 and not is_standard(recording, index)]
    outcomes, wrong, longest = collections.Counter(), [], 0

    def run(index, name):
        edited = copy.deepcopy(recording)
        edited[index].status = -getattr(errno, name)
        edited[index].data, edited[index].length = b"", 0
        return index, name, usb.replay(arguments.loket, device, edited, limit=2 * DEADLINE)

    with concurrent.futures.ThreadPoolExecutor(arguments.jobs) as pool:
        runs = [pool.submit(run, index, name) for index in ends for name in ERRORS]
        for done in concurrent.futures.as_completed(runs):
            index, name, outcome = done.result()
            longest = max(longest, outcome.seconds)
            kind = outcome.code or "picture"
            outcomes[kind] += 1
            problems = []
            if outcome.status == 0:
                if outcome.raw != flawless.raw:
                    problems.append("another picture")
            elif outcome.status != STATUSES.get((outcome.code or "").split(".")[0]):
                problems.append(f"no named error, status {outcome.status}")
            if not outcome.is_released:
                problems.append("interface not released")
            if outcome.seconds > DEADLINE:
                problems.append(f"{outcome.seconds:.1f} s")
            if problems:
                wrong.append(f"{name} at packet {index}: {', '.join(problems)} [{outcome.code} {outcome.detail}]")
    for line in sorted(wrong):
        print(line)
    kinds = ", ".join(f"{count} {kind}" for kind, count in sorted(outcomes.items()))
    print(f"{len(ends)} transfers x {len(ERRORS)} errors = {sum(outcomes.values())} runs: {kinds}; "
          f"{len(wrong)} wrong; longest {longest:.1f} s")
    sys.exit(bool(wrong))


def is_standard(recording, index):
    begin = next(p for p in reversed(recording[:index]) if p.transfer == recording[index].transfer and not p.is_end)
    return begin.setup is not None and begin.setup[0] & 0x60 == 0


main()
