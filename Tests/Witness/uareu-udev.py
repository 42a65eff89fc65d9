#!/usr/bin/env python3
"""The udev rules that `loket devices udev` prints, read by the real udev, for every scanner that they name.

    uareu-udev.py LOKET

Each made-up device must get the tag that gives it to the person at the seat, and stay powered; a device of nobody
gets neither; udev has nothing to complain of. Needs root and a mount namespace, so that this machine's own
rules are not touched.
"""

import os
import re
import shutil
import subprocess
import sys
import tempfile

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
import uareu_recording as usb  # noqa: E402

NAME = "60-draagbaar-loket.rules"


def main():
    for need in ("umockdev-run", "udevadm", "unshare"):
        if not shutil.which(need):
            print(f"skipped: no {need}")
            sys.exit(77)
    if subprocess.run(["unshare", "-m", "true"], capture_output=True).returncode:
        print("skipped: no right to a mount namespace")
        sys.exit(77)
    rules = subprocess.run([sys.argv[1], "devices", "udev"], capture_output=True, text=True, check=True).stdout
    ids = re.findall(r'ATTR\{idVendor\}=="(\w{4})", ATTR\{idProduct\}=="(\w{4})"', rules)
    failed = 0
    for vendor, product in ids + [("1d6b", "0002")]:
        said = test(rules, int(vendor, 16), int(product, 16))
        tags = re.search(r"^CURRENT_TAGS=(.*)$", said, re.M)
        is_open = tags is not None and ":uaccess:" in tags[1]
        is_powered = "power/control' writing 'on'" in said or "power/control\" writing \"on\"" in said
        complaints = [line for line in said.split("\n") if NAME in line and re.search("nvalid|nknown|gnoring", line)]
        is_ours = vendor != "1d6b"
        if is_open != is_ours or is_powered != is_ours or complaints:
            failed += 1
            print(f"FAIL {vendor}:{product}: open {is_open}, powered {is_powered} {complaints}")
    print(f"udev: {len(ids) + 1 - failed} passed, {failed} failed, 0 skipped")
    sys.exit(bool(failed))


def test(rules, vendor, product):
    with tempfile.TemporaryDirectory() as work:
        with open(os.path.join(work, NAME), "w", encoding="utf-8") as file:
            file.write(rules)
        with open(os.path.join(work, "device"), "w", encoding="utf-8") as file:
            file.write(usb.device_file(vendor, product).replace("\n\n", "\nA: power/control=auto\\n\n\n"))
        script = ('mkdir -p /run/udev && mount -t tmpfs none /run/udev && mkdir /run/udev/rules.d && '
                  f'cp "$1/{NAME}" /run/udev/rules.d/ && umockdev-run -d "$1/device" -- udevadm test -a add /sys{usb.PATH}')
        ended = subprocess.run(
            ["unshare", "-m", "sh", "-c", script, "sh", work], capture_output=True, text=True, timeout=60)
        return ended.stdout + ended.stderr


main()
