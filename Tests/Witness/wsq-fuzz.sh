#!/bin/bash
# Damaged WSQ files, finger records and EF.DG3 by the hundred thousand, read under the address sanitizer: each must
# give a value or a named error, with no allocation above 256 MiB. Prints how many, what they said, the mean and the
# worst time, and the peak of the memory (the sanitizer's own included).
#
#   wsq-fuzz.sh [COUNT [SEED]]       100000 of each kind from seed 1
#
# Builds formats-campaign in .build-address, which takes minutes the first time. The files that are damaged are those
# of wsq-campaign.py, ours and NBIS's, up to 12 kB each.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
cd "$here/../.."
count=${1:-100000} seed=${2:-1}
python=python3
[ -x .build-witness/bin/python3 ] && python=.build-witness/bin/python3

swift build -c release --sanitize=address --scratch-path .build-address --product formats-campaign
program=.build-address/release/formats-campaign
export ASAN_OPTIONS=max_allocation_size_mb=256:quarantine_size_mb=16
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
"$python" Tests/Witness/wsq-campaign.py "$program" --seed "$seed" --keep "$folder"
# Every ninth of the two hundred, twice, and all of the smallest.
mapfile -t files < <(find "$folder/compared" -name '*.wsq' -size -24 | sort | awk 'NR % 9 == 0'
    find "$folder/reported" -name '*.ours.wsq' | sort)
echo "== ${#files[@]} files to damage"
"$program" fuzz "$seed" 0 "$count" "${files[@]}"
