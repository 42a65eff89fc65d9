"""An independent USB/IP client, against `loket emulate --usbip`, without a kernel.

    usbip_client.py PORT SENT.pgm

The server has a 4500 at 1-1, a Microsoft reader at 1-2, an STU-430 at 1-3 and a MorphoSmart at 1-4; the scanners
see the picture SENT.
Written from the protocol's public description and the devices' facts; shares nothing with the Swift sources.
"""
import random
import socket
import struct
import sys

import usbip_picture

VERSION = 0x0111
PIPE, OVERFLOW, REMOTE_IO, RESET = -32, -75, -121, -104
RECORDED_4500 = bytes.fromhex(
    "1201000200000040BA050A000301010203010902200001010080640904000002FFFFFF000705810340000807058202400000")
RECORDED_MICROSOFT = bytes.fromhex(
    "12010002000000405E04CA000001010203010902200001010080820904000002FFFFFF000705810340000807058202400000")
CHALLENGE = bytes.fromhex("4dae5a0b1247a86c9fbf29fdcc178a74")
RESPONSE = bytes.fromhex("329351371e4adfb1f35f09f329c6ab46")
passed = 0


def check(what, fact):
    global passed
    if not fact:
        sys.exit(f"FAIL: {what}")
    passed += 1


class Client:
    """One connection: requests first, then the commands of one imported device."""

    def __init__(self, port):
        self.socket = socket.create_connection(("127.0.0.1", port), 20)
        self.sequence = 0

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.socket.close()

    def take(self, count):
        data = b""
        while len(data) < count:
            more = self.socket.recv(count - len(data))
            if not more:
                raise EOFError
            data += more
        return data

    def request(self, code, body=b""):
        self.socket.sendall(struct.pack(">HHI", VERSION, code, 0) + body)
        version, code, status = struct.unpack(">HHI", self.take(8))
        check("the reply's version", version == VERSION)
        return code, status

    def description(self):
        fields = struct.unpack(">256s32sIIIHHHBBBBBB", self.take(312))
        return (fields[1].rstrip(b"\0").decode(), *fields[2:])

    def devices(self):
        check("the list's code", self.request(0x8005) == (5, 0))
        listed = []
        for _ in range(struct.unpack(">I", self.take(4))[0]):
            device = self.description()
            listed.append((device, [tuple(self.take(4)[:3]) for _ in range(device[-1])]))
        return listed

    def attach(self, bus_id):
        code, status = self.request(0x8003, bus_id.encode().ljust(32, b"\0"))
        check("the import's code", code == 3)
        return self.description() if status == 0 else status

    def submit(self, endpoint, inward, length, setup=bytes(8), data=b"", flags=0):
        self.sequence += 1
        self.socket.sendall(struct.pack(
            ">IIIIIIiiii8s", 1, self.sequence, 0x10002, inward, endpoint, flags, length, 0, 0, 0, setup) + data)
        return self.sequence

    def unlink(self, target):
        self.sequence += 1
        self.socket.sendall(struct.pack(">IIIIII24x", 2, self.sequence, 0x10002, 0, 0, target))
        return self.sequence

    def reply(self, inward=()):
        """The next reply: code, sequence, status, and the bytes if its sequence is one of `inward`."""
        code, sequence, _, _, _, status, length = struct.unpack(">IIIIIii20x", self.take(48))
        return code, sequence, status, self.take(length) if code == 3 and sequence in inward else length

    def control(self, kind, request, value, index=0, length=0, data=b"", flags=0):
        inward = kind >> 7
        setup = struct.pack("<BBHHH", kind, request, value, index, len(data) or length)
        sequence = self.submit(0, inward, len(data) or length, setup, data, flags)
        code, answered, status, content = self.reply({sequence} if inward else ())
        check("the reply is to the request", (code, answered) == (3, sequence))
        return status, content


def descriptors(client, recorded, texts):
    device, configuration = recorded[:18], recorded[18:]
    check("device descriptor", client.control(0x80, 6, 0x100, length=18) == (0, device))
    check("its first 8 bytes", client.control(0x80, 6, 0x100, length=8) == (0, device[:8]))
    check("configuration", client.control(0x80, 6, 0x200, length=255) == (0, configuration))
    check("no second configuration", client.control(0x80, 6, 0x201, length=255)[0] == PIPE)
    check("no device qualifier", client.control(0x80, 6, 0x600, length=10)[0] == PIPE)
    check("languages", client.control(0x80, 6, 0x300, length=255) == (0, b"\x04\x03\x09\x04"))
    for number, text in texts.items():
        status, content = client.control(0x80, 6, 0x300 + number, 0x0409, 255)
        check(f"text {number}", status == 0 and content[2:].decode("utf-16-le") == text)
    check("short is an error when asked", client.control(0x80, 6, 0x100, length=64, flags=1) == (REMOTE_IO, device))
    check("set configuration", client.control(0x00, 9, 1) == (0, 0))
    check("get configuration", client.control(0x80, 8, 0, length=1) == (0, b"\x01"))
    check("no configuration 2", client.control(0x00, 9, 2)[0] == PIPE)
    check("set interface", client.control(0x01, 11, 0)[0] == 0 and client.control(0x01, 11, 1)[0] == PIPE)
    check("bus powered", client.control(0x80, 0, 0, length=2) == (0, b"\0\0"))


def halting(client):
    check("halt", client.control(0x02, 3, 0, 0x82) == (0, 0))
    check("halted", client.control(0x82, 0, 0, 0x82, 2) == (0, b"\x01\0"))
    check("refuses", (sequence := client.submit(2, 1, 64)) and client.reply({sequence})[2] == PIPE)
    check("clear", client.control(0x02, 1, 0, 0x82) == (0, 0))
    check("cleared", client.control(0x82, 0, 0, 0x82, 2) == (0, b"\0\0"))
    check("no endpoint 9", client.control(0x02, 1, 0, 0x89)[0] == PIPE)


def unlinking(client):
    waiting = client.submit(2, 1, 64)
    asked = client.unlink(waiting)
    check("unlinked", client.reply() == (4, asked, RESET, 0))
    asked = client.unlink(waiting)
    check("unlinked before", client.reply() == (4, asked, 0, 0))
    check("and no reply follows", client.control(0x80, 8, 0, length=1)[0] == 0)


def step(key):
    return (bin(key & 0x9248144D).count("1") & 1) << 31 | key >> 1


def mask(key):
    return sum((key >> tap & 1) << bit for bit, tap in enumerate((4, 8, 11, 14, 18, 21, 24, 29)))


def decoded(packet, key):
    """Rows as published but not yet turned."""
    lines, = struct.unpack_from("<H", packet, 4)
    check("lines and length", lines == 289 and len(packet) == 64 + lines * 384)
    sent, out, at = packet[64:], b"", 0
    for number in range(15):
        flags, count = packet[16 + 2 * number:18 + 2 * number]
        if count == 0:
            break
        block = sent[at * 384:(at + count) * 384]
        out_block = bytearray()
        for index in range(count * 384):
            if flags == 2:
                out_block.append(block[index + 1] ^ mask(key) if index + 1 < len(block) else 0)
            key = step(key)
        out += bytes(out_block) if flags == 2 else block
        at += 0 if flags & 1 else count
    return bytes(255 - value for value in out)


class Scanner:
    """The family's capture; messages come while requests are answered."""

    def __init__(self, client):
        self.client = client
        self.messages = []
        self.packet = None
        self.picture = 0
        self.message = client.submit(1, 1, 64)

    def take(self, wanted=None):
        """One reply, sorted; gives it when it is the wanted one."""
        code, sequence, status, content = self.client.reply({self.message, self.picture, wanted})
        check("every transfer succeeds", (code, status) == (3, 0))
        if sequence == self.message:
            self.messages.append(struct.unpack(">H", content[:2])[0])
            self.message = self.client.submit(1, 1, 64)
        elif sequence == self.picture:
            self.packet = content
        else:
            return content

    def register(self, number, data=b"", length=0):
        kind = 0x40 if data else 0xC0
        setup = struct.pack("<BBHHH", kind, 4, number, 0, len(data) or length)
        sequence = self.client.submit(0, kind >> 7, len(data) or length, setup, data)
        while (content := self.take(None if data else sequence)) is None:
            pass
        return content

    def wait(self, message):
        while message not in self.messages:
            self.take()
        self.messages = []

    def capture(self, asks):
        status = self.register(0x07, length=1)[0]
        self.register(0x07, bytes([status | 0x80]))
        for _ in range(5):
            self.register(0x07, bytes([status & 0x0F]))
            if not self.register(0x07, length=1)[0] & 0x80:
                break
            if asks:
                check("challenge", self.register(0x2010, length=16) == CHALLENGE)
                self.register(0x2000, RESPONSE)
        self.wait(0x56AA)
        self.register(0x4E, b"\x10")
        self.wait(0x0101)
        self.picture = self.client.submit(2, 1, 64 + 290 * 384)
        self.register(0x4E, b"\x20")
        while self.packet is None:
            self.take()
        seed = random.Random(3240).getrandbits(31)
        self.register(0x33, struct.pack("<BI", self.packet[6], seed))
        key = struct.unpack("<I", self.register(0x34, length=4))[0] ^ seed
        self.register(0x4E, b"\x12")
        self.wait(0x0200)
        self.register(0x4E, b"\x70")
        return decoded(self.packet, key)


def scanner(port, bus_id, model, recorded, texts, sent):
    with Client(port) as client:
        check("imported", client.attach(bus_id)[0] == bus_id)
        with Client(port) as other:
            check("busy", other.attach(bus_id) == 2)
        descriptors(client, recorded, texts)
        halting(client)
        unlinking(client)
        picture = Scanner(client).capture(asks=model == "microsoft-v2")
        picture = picture[::-1] if usbip_picture.TURNED[model] else picture
        different, lost = usbip_picture.compare(model, sent, picture)
        print(f"{model}: {different} pixels different, {lost} that no packet carries left out")
        check("the picture", different == 0)


def pad(port):
    with Client(port) as client:
        check("imported", client.attach("1-3")[0] == "1-3")
        _, configuration = client.control(0x80, 6, 0x200, length=255)
        length, = struct.unpack_from("<H", configuration, 25)
        status, report = client.control(0x81, 6, 0x2200, 0, 4096)
        check("report descriptor", status == 0 and len(report) == length == 322)
        check("set idle", client.control(0x21, 0x0A, 0)[0] == 0)
        check("its name", client.control(0xA1, 1, 0x308, 0, 17)[1][1:8] == b"STU-430")
        check("no report 99", client.control(0xA1, 1, 0x399, 0, 17)[0] == PIPE)
        check("inking off", client.control(0x21, 9, 0x321, 0, data=b"\x21\x00")[0] == 0)
        reading = client.submit(1, 1, 64)
        asked = client.unlink(reading)
        check("a read is given up", client.reply() == (4, asked, RESET, 0))
        check("option mode", client.control(0x21, 9, 0x332, 0, data=b"\x32\x03")[0] == 0)
        check("inking on", client.control(0x21, 9, 0x321, 0, data=b"\x21\x01")[0] == 0)
        touching, sequences = 0, []
        while touching < 100:
            reading = client.submit(1, 1, 64)
            code, answered, status, content = client.reply({reading})
            check("an input report", (code, answered, status, len(content), content[0]) == (3, reading, 0, 11, 0x34))
            sequences.append(struct.unpack_from(">H", content, 9)[0])
            touching += content[1] >> 4 & 1
        check("none is lost", all((b - a) % 65536 == 1 for a, b in zip(sequences, sequences[1:])))
        check("inking off", client.control(0x21, 9, 0x321, 0, data=b"\x21\x00")[0] == 0)


def morpho(port):
    with Client(port) as client:
        check("imported", client.attach("1-4")[0] == "1-4")
        _, configuration = client.control(0x80, 6, 0x200, length=255)
        check("its length", struct.unpack_from("<H", configuration, 2)[0] == len(configuration))
        reading = client.submit(3, 1, 4096)
        frame = b"SYNC" + struct.pack("<II", 4, 0xFFFFFFFB) + b"\x05\x01\x00\x2f" + b"EN"
        writing = client.submit(2, 0, len(frame), data=frame)
        check("written", client.reply({reading}) == (3, writing, 0, len(frame)))
        code, answered, status, content = client.reply({reading})
        length, complement = struct.unpack_from("<II", content, 4)
        check("a frame", (answered, status) == (reading, 0) and content[:4] == b"SYNC" and content[-2:] == b"EN")
        check("of its length", length ^ complement == 0xFFFFFFFF and len(content) == length + 14)
        check("which answers", content[12] == 0x05 and content[15] == 0)


def hostile(port):
    """Nonsense ends its own connection and nothing else."""
    submit = struct.Struct(">IIIIIIiiii8s")
    before = [struct.pack(">HHI", 0x0110, 0x8005, 0), struct.pack(">HHI", VERSION, 0x8009, 0), b"GET / HTTP/1.1\r\n\r\n"]
    after = [
        submit.pack(9, 1, 0, 0, 0, 0, 0, 0, 0, 0, bytes(8)), submit.pack(1, 1, 0, 1, 16, 0, 0, 0, 0, 0, bytes(8)),
        submit.pack(1, 1, 0, 2, 1, 0, 0, 0, 0, 0, bytes(8)), submit.pack(1, 1, 0, 1, 2, 0, -1, 0, 0, 0, bytes(8)),
        submit.pack(1, 1, 0, 1, 2, 0, 2**31 - 1, 0, 0, 0, bytes(8)), submit.pack(1, 1, 0, 0, 2, 0, 1 << 23, 0, 0, 0, bytes(8)),
        submit.pack(1, 1, 0, 1, 2, 0, 64, 0, 7, 0, bytes(8)), submit.pack(1, 1, 0, 0, 0, 0, 8, 0, 0, 0, b"\x80\x06\0\1\0\0\x08\0"),
        2 * submit.pack(1, 1, 0, 1, 2, 0, 64, 0, 0, 0, bytes(8)),
    ]
    for data in before + after:
        with Client(port) as client:
            if data in after:
                # The last client's device is given back a moment after its connection ends.
                while client.attach("1-1") == 2:
                    client.socket.close()
                    client.socket = socket.create_connection(("127.0.0.1", port), 20)
            client.socket.sendall(data)
            try:
                while True:
                    client.take(1)
            except (EOFError, ConnectionError):
                pass
        with Client(port) as client:
            check("still serves", len(client.devices()) == 4)
    generator = random.Random(3240)
    for _ in range(200):
        with Client(port) as client:
            if generator.random() < 0.7:
                client.attach(generator.choice(["1-1", "1-2", "1-3", "1-4", "9-9", "\xff" * 16]))
            client.socket.sendall(generator.randbytes(generator.randrange(400)))
    with Client(port) as client:
        check("still serves", len(client.devices()) == 4)


def main():
    port, sent = int(sys.argv[1]), usbip_picture.read(sys.argv[2])
    with Client(port) as client:
        listed = client.devices()
        check("ids", [device[4:7] for device, _ in listed] == [
            (0x05BA, 0x000A, 0x0103), (0x045E, 0x00CA, 0x0100), (0x056A, 0x00A4, 0x0100), (0x225D, 0x000A, 0x0100)])
        check("bus ids", [device[0] for device, _ in listed] == ["1-1", "1-2", "1-3", "1-4"])
        check("full speed", all(device[3] == 2 for device, _ in listed))
        check("interfaces", [found for _, found in listed] == [
            [(255, 255, 255)], [(255, 255, 255)], [(3, 0, 0)], [(2, 2, 1), (10, 0, 0)]])
    with Client(port) as client:
        check("no such device", client.attach("7-7") == 4)
    scanner(port, "1-1", "uareu-4500", RECORDED_4500,
            {1: "DigitalPersona, Inc.", 2: "U.are.U® 4500 Fingerprint Reader"}, sent)
    scanner(port, "1-2", "microsoft-v2", RECORDED_MICROSOFT, {}, sent)
    pad(port)
    morpho(port)
    hostile(port)
    print(f"ok: {passed} checks")


if __name__ == "__main__":
    main()
