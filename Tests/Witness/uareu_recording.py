"""Recorded USB sessions of U.are.U scanners: read, edited, made up from nothing, and replayed to a program.

The file is pcapng with usbmon packets (Linux Documentation/usb/usbmon.rst). A session is a list of packets,
'S' for what the program asked and 'C' for how it ended; umockdev replays them in just this order.
"""

import json
import os
import struct
import subprocess
import tempfile
import time

INTERRUPT, CONTROL, BULK = 1, 2, 3
COLUMNS, ROWS = 384, 290
PATH = "/devices/pci0000:00/0000:00:14.0/usb1/1-10"


class Packet:
    def __init__(self, kind, end, data=b"", length=None, status=0, setup=None, transfer=0):
        self.kind, self.end, self.data, self.status = kind, end, bytes(data), status
        self.length = len(data) if length is None else length
        self.setup, self.transfer = setup, transfer
        self.is_end = False

    @staticmethod
    def read(block):
        number, kind, transfer_type, end = struct.unpack_from("<QBBB", block)
        status, length, captured = struct.unpack_from("<iII", block, 28)
        packet = Packet(transfer_type, end, block[64:64 + captured], length, status, transfer=number)
        packet.is_end = kind == ord("C")
        if block[14] == 0:
            packet.setup = bytes(block[40:48])
        return packet

    def written(self, second):
        incoming = self.end & 0x80 != 0
        block = bytearray(64)
        struct.pack_into("<QBBBBH", block, 0, self.transfer, ord("C" if self.is_end else "S"), self.kind, self.end, 50, 1)
        block[14] = 0 if self.setup else ord("-")
        block[15] = 0 if self.data else ord("<" if incoming else ">")
        struct.pack_into("<qi", block, 16, second, 0)
        struct.pack_into("<iII", block, 28, self.status, self.length, len(self.data))
        if self.setup:
            block[40:48] = self.setup
        if incoming:
            struct.pack_into("<I", block, 56, 0x200)
        return bytes(block) + self.data


def load(path):
    """The packets of a file."""
    file, at, packets = open(path, "rb").read(), 0, []
    while at + 12 <= len(file):
        kind, length = struct.unpack_from("<II", file, at)
        if kind == 6:
            captured = struct.unpack_from("<I", file, at + 20)[0]
            packets.append(Packet.read(file[at + 28:at + 28 + captured]))
        at += length
    return packets


def save(packets, path):
    section = struct.pack("<IIIHHqI", 0x0A0D0D0A, 28, 0x1A2B3C4D, 1, 0, -1, 28)
    interface = struct.pack("<IIHHII", 1, 20, 220, 0, 0, 20)
    with open(path, "wb") as file:
        file.write(section + interface)
        for second, packet in enumerate(packets):
            content = packet.written(second)
            padding = b"\0" * (-len(content) % 4)
            size = 32 + len(content) + len(padding)
            file.write(struct.pack("<IIIIIII", 6, size, 0, 0, 0, len(content), len(content)))
            file.write(content + padding + struct.pack("<I", size))


class Session:
    """A session as it is made up, one step after the other."""

    def __init__(self):
        self.packets, self.message, self.number = [], None, 0

    def _packet(self, kind, end, transfer, is_end=False, **more):
        packet = Packet(kind, end, transfer=transfer, **more)
        packet.is_end = is_end
        self.packets.append(packet)
        return packet

    def begin(self, kind, end, **more):
        self.number += 1
        self._packet(kind, end, self.number, status=-115, **more)
        return self.number

    def end(self, kind, end, number, data=b"", status=0, length=None):
        self._packet(kind, end, number, True, data=data, status=status, length=length)

    def listen(self):
        self.message = self.begin(INTERRUPT, 0x81, length=64)

    def say(self, kind, rest=b"\xa5" * 62):
        self.end(INTERRUPT, 0x81, self.message, struct.pack(">H", kind) + rest)
        self.listen()

    def read(self, register, answer, between=None):
        setup = struct.pack("<BBHHH", 0xC0, 4, register, 0, 16 if register in (0xF0, 0x2010) else len(answer))
        number = self.begin(CONTROL, 0x80, setup=setup, length=struct.unpack_from("<H", setup, 6)[0])
        if between:
            between()
        self.end(CONTROL, 0x80, number, answer)

    def write(self, register, data, between=None):
        setup = struct.pack("<BBHHH", 0x40, 4, register, 0, len(data))
        number = self.begin(CONTROL, 0, setup=setup, data=data)
        if between:
            between()
        self.end(CONTROL, 0, number, length=len(data))

    def standard(self, value, answer, index=0):
        setup = struct.pack("<BBHHH", 0x80, 6, value, index, len(answer))
        number = self.begin(CONTROL, 0x80, setup=setup, length=len(answer))
        self.end(CONTROL, 0x80, number, answer)

    def mode(self, value, between=None):
        self.write(0x4E, bytes([value]), between)

    def picture(self, packet, status=0, is_early=False):
        """Asked for, ordered and delivered; early is before the order has ended."""
        number = self.begin(BULK, 0x82, length=64 + ROWS * COLUMNS)

        def deliver():
            self.end(BULK, 0x82, number, packet, status)
        self.mode(0x20, deliver if is_early else None)
        if not is_early:
            deliver()

    def key(self, number, key, seed):
        self.write(0x33, bytes([number]) + struct.pack("<I", seed))
        self.read(0x34, struct.pack("<I", key ^ seed))

    def stop(self):
        self.mode(0x70)
        self.end(INTERRUPT, 0x81, self.message, status=-2)

    def save(self, path):
        save(self.packets, path)


def device_file(vendor, product, release=0x0100, composite=False, serial=None):
    """An attached scanner as umockdev describes it; composite has a keyboard's interface before its own."""
    device = struct.pack("<BBHBBBBHHHBBBB", 18, 1, 0x200, 0, 0, 0, 64, vendor, product, release, 1, 2, 0, 1)
    own = bytes([9, 4, 1 if composite else 0, 0, 2, 255, 255, 255, 0, 7, 5, 0x81, 3, 64, 0, 8, 7, 5, 0x82, 2, 64, 0, 0])
    keyboard = bytes([9, 4, 0, 0, 1, 3, 1, 1, 0, 9, 0x21, 0x11, 1, 0, 1, 0x22, 65, 0, 7, 5, 0x83, 3, 8, 0, 10])
    interfaces = (keyboard if composite else b"") + own
    configuration = struct.pack("<BBHBBBBB", 9, 2, 9 + len(interfaces), 2 if composite else 1, 1, 0, 0x80, 0x82)
    descriptors = (device + configuration + interfaces).hex().upper()
    lines = [
        f"P: {PATH}", f"N: bus/usb/001/050={descriptors}",
        "E: DEVNAME=/dev/bus/usb/001/050", "E: DEVTYPE=usb_device", "E: BUSNUM=001", "E: DEVNUM=050", "E: MAJOR=189",
        "E: MINOR=49", "E: SUBSYSTEM=usb", "A: bConfigurationValue=1\\n", "A: busnum=1\\n", "A: devnum=50\\n",
        "A: speed=12\\n", f"A: idVendor={vendor:04x}\\n", f"A: idProduct={product:04x}\\n", f"H: descriptors={descriptors}",
    ]
    if serial:
        lines.append(f"A: serial={serial}\\n")
    return "\n".join(lines) + "\n\n"


# Pictures

def step(key):
    return (bin(key & 0x9248144D).count("1") & 1) << 31 | key >> 1


def mask(key):
    return sum((key >> tap & 1) << bit for bit, tap in enumerate((4, 8, 11, 14, 18, 21, 24, 29)))


def drawn():
    """A made-up picture of the whole sensor, ridges bright: rings that the eye knows again."""
    return bytes(
        0 if not 12 <= x < 369 or y == 0 else
        min(255, 20 + 180 * (int(((x - 150) ** 2 + 2 * (y - 200) ** 2) ** 0.5) // 5 % 2) + (x * 7 + y * 13) % 11)
        for y in range(ROWS) for x in range(COLUMNS))


def packet(plain, blocks, number=0, keys=None, scrambles=True, start=b"\x10\x40\x80\x01"):
    """The packet of a picture, and the picture that a driver must make of it.

    Blocks are (flags, lines); keys names the key of each number. What a scanner cannot send is lost: the last
    byte of each scrambled block, and lines that are not present, which repeat those that follow.
    """
    sent, seen, row, key = b"", [], 0, (keys or {}).get(number, 0)
    for flags, count in blocks:
        if flags & 0x80:
            number = number + 1 & 255
            key = keys[number]
        part = plain[row * COLUMNS:(row + count) * COLUMNS]
        row += count
        if flags & 6 == 2 and scrambles:
            coded = bytearray(b"\x5a")
            for byte in part[:-1]:
                coded.append(byte ^ mask(key))
                key = step(key)
            key = step(key)
            sent += coded
            seen.append((flags, part[:-1] + b"\0"))
            continue
        if flags & 4 == 0:
            for _ in part:
                key = step(key)
        if flags & 1 == 0:
            sent += part
        seen.append((flags, part))
    picture, rest = b"", sent_rows(seen)
    for flags, part in seen:
        picture += (rest + part)[:len(part)] if flags & 1 else part
        if flags & 1 == 0:
            rest = rest[len(part):]
    lines = len(sent) // COLUMNS
    header = bytearray(64)
    header[0:4] = start
    header[4:7] = struct.pack("<HB", lines, 0)
    header[6] = blocks_number(blocks, number)
    for index, (flags, count) in enumerate(blocks):
        header[16 + 2 * index:18 + 2 * index] = bytes([flags, count])
    return bytes(header) + sent, (picture + b"\0" * ROWS * COLUMNS)[:ROWS * COLUMNS]


def sent_rows(seen):
    return b"".join(part for flags, part in seen if flags & 1 == 0)


def blocks_number(blocks, last):
    """The number of the first key, from that of the last."""
    return last - sum(1 for flags, _ in blocks if flags & 0x80) & 255


def published(picture, is_turned):
    """As the program writes it: dark ridges on white, upright."""
    dark = bytes(255 - value for value in picture)
    return dark[::-1] if is_turned else dark


# Replay

class Outcome:
    def __init__(self, status, output, log, seconds, raw):
        self.status, self.log, self.seconds, self.raw = status, log, seconds, raw
        try:
            self.report = json.loads(output)
        except ValueError:
            self.report = {}

    @property
    def code(self):
        """The stable name of the error, None for a picture."""
        return self.report.get("error", {}).get("code")

    @property
    def detail(self):
        return self.report.get("error", {}).get("detail", "")

    @property
    def is_released(self):
        """libusb's own log: each interface that was claimed was released, each device closed, nothing left."""
        claimed = self.log.count("[libusb_claim_interface] interface")
        released = self.log.count("[libusb_release_interface] interface")
        opened = self.log.count("[libusb_open] open")
        closed = self.log.count("[libusb_close]")
        left = "still submitted" in self.log or "some devices open" in self.log or "still referenced" in self.log
        return claimed == released and opened == closed and not left


def replay(loket, device, recording, patience=2, limit=60, more=()):
    """Runs the plain command on a session; device is the text of a device file."""
    with tempfile.TemporaryDirectory() as work:
        names = [os.path.join(work, name) for name in ("device", "capture.pcapng", "raw.pgm")]
        with open(names[0], "w", encoding="utf-8") as file:
            file.write(device)
        save(recording, names[1])
        path = device.split("\n", 1)[0][3:]
        command = ["umockdev-run", "-d", names[0], "-p", f"/sys{path}={names[1]}", "--", loket, "finger", "capture",
                   "--position", "right-index", "--patience", str(patience), "--json", "--raw", names[2], *more]
        start = time.monotonic()
        try:
            ended = subprocess.run(
                command, capture_output=True, timeout=limit, env=dict(os.environ, LIBUSB_DEBUG="4"))
            status, output, log = ended.returncode, ended.stdout, ended.stderr.decode(errors="replace")
        except subprocess.TimeoutExpired as late:
            status, output, log = "hangs", late.stdout or b"", (late.stderr or b"").decode(errors="replace")
        seconds = time.monotonic() - start
        raw = b""
        if os.path.exists(names[2]):
            with open(names[2], "rb") as file:
                raw = file.read()[-ROWS * COLUMNS:]
        return Outcome(status, output, log, seconds, raw)
