#!/bin/bash
# The played day: six invented people, a killed program, a cut line. Whatever it prints, these must hold:
# every person's packet was sealed and has its verified receipt, and the laptop is left empty.
#
#   demo.sh BINARIES
set -euo pipefail
[ $# -eq 1 ] && [ -x "$1/loket" ] || { echo "usage: demo.sh FOLDER-WITH-loket" >&2; exit 2; }
output=$(mktemp)
trap 'rm -f "$output" "$output.log"' EXIT
status=0
"$1/loket" demo --play --fast --json >"$output" 2>"$output.log" || status=$?
cat "$output"
python3 - "$output" "$status" <<'PYTHON' || { tail -5 "$output.log" >&2; exit 1; }
import json, sys

with open(sys.argv[1], encoding="utf-8") as file:
    day = json.load(file)
held = {
    "people were helped": day["people"] > 0,
    "a finished card was handed over": day["cardsDelivered"] == 1,
    "every person's packet was sealed": day["packetsSealed"] == day["people"],
    "every packet has a verified receipt": day["receiptsVerified"] == day["people"],
    "nothing is left to send": day["packetsLeft"] == 0 and day["draftsLeft"] == 0,
    "nothing readable was found": day["plaintextFound"] == 0 and day["plaintextNeedles"] > 0,
    "the program was killed once": day["killed"] == 1,
    "an upload went on after the line was cut": day["connectionsCut"] == 1 and day["uploadsResumed"] >= 1,
    "exit status 0": sys.argv[2] == "0",
}
for what, holds in held.items():
    if not holds:
        print(f"FAIL: not so: {what}")
print(f"demo: {day['receiptsVerified']} of {day['people']} receipts, {day['packetsLeft']} left, "
      f"{day['plaintextFound']} readable of {day['plaintextNeedles']} looked for, {day['seconds']} s")
sys.exit(not all(held.values()))
PYTHON
