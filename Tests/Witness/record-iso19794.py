#!/usr/bin/env python3
"""Exchange finger records of ISO/IEC 19794-4:2011 with the Python package iso19794, both ways.

    record-iso19794.py FORMATS-CAMPAIGN

Ours is read by the package (raw, WSQ and JPEG images, several positions, certification and quality blocks); the
package's is read by us (raw, JPEG, both kinds of JPEG 2000). The 2005 edition, which the package does not know, is
taken apart field by field here, and openssl walks through the tags of our EF.DG3.
Ends with 1 when something differs, 77 when a package is missing.
"""

import datetime
import io
import json
import os
import shutil
import struct
import subprocess
import sys
import tempfile

# A file beside this one bears the name of a package, which must not be looked for here.
here = os.path.dirname(os.path.realpath(__file__))
sys.path = [folder for folder in sys.path if os.path.realpath(folder) != here]
try:
    import numpy
    import wsq  # noqa: F401  (registers WSQ with Pillow)
    from iso19794 import FIR
    from PIL import Image
except ImportError as error:
    print(f"skipped: {error}; pip install iso19794 wsq numpy pillow")
    sys.exit(77)

# The package assigns the mode of an image, which Pillow since 10.1 keeps under another name.
FIR.FIRImageFile.mode = property(lambda image: image._mode, lambda image, mode: setattr(image, "_mode", mode))

counts = {"passed": 0, "failed": 0, "skipped": 0}


def check(name, found, expected):
    fine = found == expected
    counts["passed" if fine else "failed"] += 1
    print(f"ok   {name}" if fine else f"FAIL {name}: {found!r} instead of {expected!r}")


def finger(width, height):
    y, x = numpy.mgrid[0:height, 0:width].astype(float)
    grey = 128 + 90 * numpy.sin(numpy.hypot(1.1 * (x - width / 2), 0.9 * (y - height * 0.45)) / 1.4)
    return grey.astype(numpy.uint8)


def read_ours(folder):
    """Our record of 2011, read by the package."""
    pixels = numpy.array(Image.open(os.path.join(folder, "finger.pgm")))
    image = Image.open(os.path.join(folder, "ours-2011.fir"))
    check("ours: the package's header", [image.info["nb_representation"], image.info["nb_position"],
                                         image.info["certification_flag"]], [3, 2, True])
    wanted = [("RIGHT_INDEX_FINGER", 0, "RAW", [(b"\0\1", b"\2")]), ("RIGHT_INDEX_FINGER", 1, "WSQ", []),
              ("LEFT_MIDDLE_FINGER", 0, "JPEG", [])]
    for frame, (position, number, compression, certifications) in enumerate(wanted):
        image.seek(frame)
        header = image.header
        name = f"ours, image {frame} ({compression})"
        check(f"{name}: place", [header["position"], header["number"], header["image_compression_algo"],
                                 header["impression_type"]], [position, number, compression, "LIVESCAN_PLAIN"])
        # The package keeps the milliseconds where Python has microseconds.
        check(f"{name}: time", header["capture_datetime"], datetime.datetime(2026, 11, 21, 20, 27, 6, 120))
        check(f"{name}: device", [header["capture_device_technology_id"], header["capture_device_vendor_id"],
                                  header["capture_device_type_id"]], [b"\4", b"\1\2", b"\3\4"])
        check(f"{name}: quality", [tuple(one) for one in header["quality_records"]],
              [(68, b"\0\0", b"\0\0"), (255, b"\0\1", b"\0\2")])
        check(f"{name}: certification", [tuple(one) for one in header["certification_records"]], certifications)
        check(f"{name}: density", [header["scale_units"]] + [header[f"{axis}_{what}_sampling_rate"] for what in
              ("scan", "image") for axis in ("horizontal", "vertical")], ["PPI", 500, 500, 500, 500])
        found = numpy.array(image).astype(int)
        check(f"{name}: size", found.shape, pixels.shape)
        bound = {"RAW": 0, "WSQ": 1, "JPEG": 40}[compression]
        check(f"{name}: picture within {bound} grey levels", int(abs(found - pixels).max()) <= bound, True)


def frame_of_theirs(compression, position, number, certifications):
    image = Image.fromarray(finger(180, 220))
    image.header = dict(
        capture_datetime=datetime.datetime(2024, 2, 29, 23, 59, 58, 999000), capture_device_technology_id=b"\x0d",
        capture_device_vendor_id=b"\xab\xcd", capture_device_type_id=b"\x00\x2a",
        quality_records=[FIR.FIRQualityRecord(77, b"\x12\x34", b"\x56\x78"),
                         FIR.FIRQualityRecord(255, b"\0\0", b"\0\1")],
        certification_records=[FIR.FIRCertificationRecord(*one) for one in certifications], position=position,
        number=number, scale_units="PPCM", horizontal_scan_sampling_rate=394, vertical_scan_sampling_rate=395,
        horizontal_image_sampling_rate=197, vertical_image_sampling_rate=198, image_compression_algo=compression,
        impression_type="LIVESCAN_OPTICAL_CONTACTLESS_PLAIN")
    return image


def read_theirs(program, folder):
    """The package's records, read by us."""
    path = os.path.join(folder, "theirs.fir")
    codes = {"RAW": 0, "JPEG": 3, "JPEG2000_LOSSY": 4, "JPEG2000_LOSSLESS": 5}
    positions = {"UNKNOWN": 0, "RIGHT_THUMB": 1, "LEFT_LITTLE_FINGER": 10, "LEFT_HYPOTHENAR": 36,
                 "LEFT_MIDDLE_AND_RING_AND_LITTLE": 50, "PLAIN_THUMBS": 15}
    for certified in (False, True):
        blocks = [(b"\0\2", b"\3"), (b"\1\0", b"\1")] if certified else []
        frames = [frame_of_theirs(compression, position, index % 3, blocks)
                  for index, (compression, position) in enumerate(zip(list(codes) + ["RAW", "JPEG"], positions))]
        frames[0].save(path, "FIR", save_all=True, append_images=frames[1:])
        said = json.loads(subprocess.check_output([program, "read-record", path]))
        check(f"theirs, certified {certified}: number of images", len(said), len(frames))
        for one, image, (position, code) in zip(said, frames, positions.items()):
            compression = image.header["image_compression_algo"]
            pixel_sum = one.pop("pixelSum", None)
            byte_count = one.pop("byteCount")
            check(f"theirs, certified {certified}, {position} as {compression}", one, {
                "position": code, "number": image.header["number"], "impression": 24,
                "capturedAt": "2024-02-29T23:59:58.999Z", "technology": 13, "vendor": 0xABCD, "type": 42,
                "qualities": [[77, 0x1234, 0x5678], [255, 0, 1]],
                "certifications": [[2, 3], [256, 1]] if certified else [], "unit": 2,
                "sampling": [394, 395, 197, 198], "compression": codes[compression], "width": 180, "height": 220})
            if compression == "RAW":
                check("       its picture", [pixel_sum, byte_count], [int(numpy.array(image).sum()), 180 * 220])
            elif compression == "JPEG":
                loss = abs(pixel_sum / numpy.array(image).sum() - 1)
                check("       its picture, but for the loss", loss < 0.01, True)
            else:
                check("       its picture is carried only", pixel_sum is None and byte_count > 1000, True)


def read_2005(folder):
    """Our record of 2005, by the table of its fields."""
    data = open(os.path.join(folder, "ours-2005.fir"), "rb").read()
    file = open(os.path.join(folder, "finger.wsq"), "rb").read()
    width, height = Image.open(io.BytesIO(file)).size
    header = struct.unpack(">4s4sHIHHBBHHHHBBH", data[:32])
    check("2005: header", header, (b"FIR\0", b"010\0", 0, len(data), 0, 30, 2, 1, 500, 500, 500, 500, 8, 2, 0))
    offset = 32
    for position, count, number, quality in [(2, 2, 1, 68), (2, 2, 2, 70), (7, 1, 1, 254)]:
        view = struct.unpack(">IBBBBBHHB", data[offset:offset + 14])
        check(f"2005: view of position {position}", view,
              (14 + len(file), position, count, number, quality, 0, width, height, 0))
        check("       its image", data[offset + 14:offset + 14 + len(file)] == file, True)
        offset += view[0]
    check("2005: length", offset, len(data))


def read_group(folder):
    """Our EF.DG3, by openssl: depth, class and number of each tag."""
    path = os.path.join(folder, "ours.dg3")
    if not shutil.which("openssl"):
        counts["skipped"] += 1
        print("skip EF.DG3 by openssl: not installed")
        return
    lines = subprocess.check_output(["openssl", "asn1parse", "-inform", "DER", "-in", path], text=True).splitlines()
    found = [(int(line.split("d=")[1].split()[0]), line.split(": ")[1].split("[HEX")[0].split(":")[0].strip())
             for line in lines]
    template = [(2, "appl [ 96 ]"), (3, "cont [ 1 ]"), (4, "cont [ 0 ]"), (4, "cont [ 1 ]"), (4, "cont [ 2 ]"),
                (4, "cont [ 7 ]"), (4, "cont [ 8 ]"), (3, "appl [ 46 ]")]
    check("EF.DG3: the tags that openssl finds", found,
          [(0, "appl [ 3 ]"), (1, "appl [ 97 ]"), (2, "INTEGER")] + 2 * template)


def main():
    program = os.path.abspath(sys.argv[1])
    with tempfile.TemporaryDirectory() as folder:
        Image.fromarray(finger(200, 240)).save(os.path.join(folder, "finger.wsq"), "WSQ")
        subprocess.check_call([program, "records", folder])
        read_ours(folder)
        read_theirs(program, folder)
        read_2005(folder)
        read_group(folder)
    print(f"finger records: {counts['passed']} passed, {counts['failed']} failed, {counts['skipped']} skipped")
    sys.exit(1 if counts["failed"] else 0)


if __name__ == "__main__":
    main()
