#!/usr/bin/env python3
"""Sessions of every member of the U.are.U family, made up from the facts of its protocol, given to the plain command.

    uareu-family.py LOKET [--only WORD]

The pictures are drawn here, scrambled here (not by the product's emulator), and must come back to the pixel.
The order and length of each transfer are those of published recordings (libfprint's uru4000-msv2 and
uru4000-4500), varied as devices and people vary them.
"""

import argparse
import os
import sys

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
import uareu_recording as usb  # noqa: E402

# libfprint's generator when it replays.
SEEDS = [0x51EA2124, 0x735A3120, 0x63735D1F, 0x597E3284]
CHALLENGE = bytes.fromhex("4dae5a0b1247a86c9fbf29fdcc178a74")
RESPONSE = bytes.fromhex("329351371e4adfb1f35f09f329c6ab46")
BLOCKS_4500 = [(2, 72), (0, 1), (2, 49), (1, 1), (0, 1), (2, 49), (0, 1), (2, 116)]
BLOCKS_V2 = [(2, 67), (0, 1), (2, 49), (1, 1), (0, 1), (2, 49), (0, 1), (2, 121)]
INFORMATION = bytes.fromhex("1a0a1a0a01150000002000108b211130")
INFORMATION_V2 = bytes.fromhex("50255025003400000013005967191800")
PLAIN = usb.drawn()
TURNED = (0x05BA, 0x000A)


def scrambled(blocks, number=0, keys=None, **more):
    return usb.packet(PLAIN, blocks, number, keys or {number: 0x544409D6}, **more)


def power_up(session, status=1, says=0x56AA, repeats=2):
    session.listen()
    session.read(0x07, bytes([status]))
    if status & 0x80 == 0:
        session.write(0x07, bytes([status | 0x80]))
    session.write(0x07, bytes([status & 15]), lambda: session.say(says))
    session.read(0x07, bytes([status & 15 | 1]))
    session.read(0xF0, INFORMATION)
    session.mode(0x10)
    for _ in range(repeats):
        session.say(says)


def capture(session, packet, keys=(), is_early=False):
    session.say(0x0101)
    session.picture(packet, is_early=is_early)
    for (number, key), seed in zip(keys, SEEDS):
        session.key(number, key, seed)


def leave(session, stop=True):
    session.mode(0x12)
    session.say(0x0200)
    if stop:
        session.stop()


def whole(packet, keys=(), **more):
    session = usb.Session()
    power_up(session, **more)
    capture(session, packet, keys)
    leave(session)
    return session


def reader_v2():
    """As libfprint's recording of a Microsoft reader v2 goes: a question, a second try, key number 5."""
    packet, picture = scrambled(BLOCKS_V2, 5, {5: 0xDB896F5F})
    session = usb.Session()
    session.standard(0x0100, bytes.fromhex("12010002000000405e04ca000001010203 01".replace(" ", "")))
    session.standard(0x0303, bytes([4, 3, 0x31, 0]), 0x0409)
    session.listen()
    session.read(0x07, b"\x03")
    session.write(0x07, b"\x83")
    session.write(0x07, b"\x03")
    session.read(0x07, b"\x83")
    session.read(0x2010, CHALLENGE)
    session.write(0x2000, RESPONSE)
    session.write(0x07, b"\x03")
    session.read(0x07, b"\x03")
    session.say(0x56AA)
    session.read(0xF0, INFORMATION_V2)
    session.mode(0x10)
    capture(session, packet, [(5, 0xDB896F5F)])
    leave(session)
    return session, picture


def confused_keyboard():
    packet, picture = scrambled(BLOCKS_4500)
    session = usb.Session()
    session.listen()
    session.read(0x07, b"\x85")
    session.write(0x07, b"\x05")
    session.read(0x07, b"\x84")
    session.read(0x07, b"\x05")
    session.write(0x07, b"\x85")
    session.write(0x07, b"\x05", lambda: session.say(0x56AA))
    session.read(0x07, b"\x05")
    session.read(0xF0, INFORMATION)
    session.mode(0x10)
    capture(session, packet, [(0, 0x544409D6)])
    leave(session)
    return session, picture


def plain(blocks, **more):
    packet, picture = scrambled(blocks, scrambles=False, **more)
    return whole(packet), picture


def no_header():
    lines = PLAIN[:289 * usb.COLUMNS]
    return whole(lines), lines + bytes(usb.COLUMNS)


def key_changes():
    keys = {254: 0x11223344, 255: 0x0BADCAFE, 0: 0x7E57AB1E}
    packet, picture = scrambled([(2, 90), (0x82, 60), (0x80, 3), (1, 1), (2, 136)], 254, keys)
    return whole(packet, [(254, keys[254]), (255, keys[255]), (0, keys[0])]), picture


def long_packet():
    packet, picture = scrambled(BLOCKS_4500)
    return whole(packet + b"\x77" * usb.COLUMNS, [(0, 0x544409D6)]), picture


def bad_pictures_first():
    """A short one, one that claims 290 lines, one of nothing after a warning, then a whole one."""
    packet, picture = scrambled(BLOCKS_4500)
    session = usb.Session()
    power_up(session)
    session.say(0x0101)
    session.picture(packet[:64 + 100 * usb.COLUMNS])
    session.picture(packet[:4] + b"\x22\x01" + packet[6:] + b"\0" * usb.COLUMNS)
    session.say(0x0800)
    session.picture(b"")
    session.picture(packet)
    session.key(0, 0x544409D6, SEEDS[0])
    leave(session)
    return session, picture


def messages_anyhow():
    """The power message before anything was asked, unknown ones between, finger messages before orders end."""
    packet, picture = scrambled(BLOCKS_4500)
    session = usb.Session()
    session.listen()
    session.read(0x07, b"\x01", lambda: session.say(0x56AA))
    session.write(0x07, b"\x81", lambda: session.say(0x1234))
    session.write(0x07, b"\x01", lambda: session.say(0x0200))
    session.read(0x07, b"\x01", lambda: session.say(0x56AA))
    session.read(0xF0, INFORMATION)
    session.mode(0x10, lambda: session.say(0x0101))
    session.picture(packet, is_early=True)
    session.say(0x56AA)
    session.say(0x0200)
    session.key(0, 0x544409D6, SEEDS[0])
    session.mode(0x12)
    session.stop()
    return session, picture


def late_power():
    """No power message: the power-up starts again."""
    packet, picture = scrambled(BLOCKS_4500)
    session = usb.Session()
    session.listen()
    for _ in range(2):
        session.read(0x07, b"\x01")
        session.write(0x07, b"\x81")
        session.write(0x07, b"\x01")
        session.read(0x07, b"\x01")
    session.say(0x56AA)
    session.read(0xF0, INFORMATION[:8])
    session.mode(0x10)
    capture(session, packet, [(0, 0x544409D6)])
    leave(session)
    return session, picture


def two_captures():
    """Recorded by a program that took two fingers: the first is the answer."""
    packet, picture = scrambled(BLOCKS_4500)
    session = usb.Session()
    power_up(session)
    capture(session, packet, [(0, 0x544409D6)])
    leave(session, stop=False)
    session.mode(0x10)
    capture(session, packet, [(0, 0x544409D6)])
    leave(session)
    return session, picture


CASES = [
    ("Microsoft reader v2, as recorded", (0x045E, 0x00CA), reader_v2),
    ("Microsoft keyboard, composite and confused", (0x045E, 0x00BB), confused_keyboard),
    ("Microsoft mouse, low power at the start", (0x045E, 0x00BC),
     lambda: (whole(scrambled(BLOCKS_4500)[0], [(0, 0x544409D6)], status=0x81), scrambled(BLOCKS_4500)[1])),
    ("Microsoft reader, plain and marked as scrambled", (0x045E, 0x00BD), lambda: plain(BLOCKS_V2)),
    ("U.are.U 4000, plain and marked so", (0x05BA, 0x0007), lambda: plain([(0, 120), (1, 1), (4, 169)])),
    ("U.are.U 4000, lines without a header", (0x05BA, 0x0007), no_header),
    ("U.are.U keyboard, composite", (0x05BA, 0x0008),
     lambda: (whole(scrambled(BLOCKS_4500)[0], [(0, 0x544409D6)]), scrambled(BLOCKS_4500)[1])),
    ("4000B, plain and marked as scrambled", TURNED, lambda: plain(BLOCKS_4500)),
    ("4000B, plain with blocks that say nothing", TURNED, lambda: plain([(4, 255), (4, 34)])),
    ("4500, keys 254, 255 and 0 in one picture", TURNED, key_changes),
    ("4500, more bytes than announced", TURNED, long_packet),
    ("4500, three bad pictures first", TURNED, bad_pictures_first),
    ("4500, messages in any order", TURNED, messages_anyhow),
    ("4500, power at the second round, short information", TURNED, late_power),
    ("4500, two captures in one recording", TURNED, two_captures),
]


def twins(loket):
    """Two readers alike: without a serial both are named and none is touched, with one it is that one."""
    session, picture = plain(BLOCKS_4500)
    first = usb.device_file(*TURNED, serial="{A}")
    second = usb.device_file(*TURNED, serial="{B}")
    for old, new in (("1-10", "1-9"), ("001/050", "001/051"), ("devnum=50", "devnum=51"), ("DEVNUM=050", "DEVNUM=051"),
                     ("MINOR=49", "MINOR=50")):
        second = second.replace(old, new)
    unnamed = usb.replay(loket, first + second, session.packets)
    named = usb.replay(loket, first + second, session.packets, more=["--serial", "{A}"])
    is_fine = (unnamed.code == "scanner.ambiguous" and "{A}" in unnamed.detail and "{B}" in unnamed.detail
               and "[libusb_open] open" not in unnamed.log and named.raw == usb.published(picture, is_turned=True))
    print(f"{'ok  ' if is_fine else 'FAIL'} two readers alike: {unnamed.code}: {unnamed.detail}")
    return not is_fine


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("loket")
    parser.add_argument("--only", default="")
    arguments = parser.parse_args()
    failed = 0
    for name, model, make in CASES:
        if arguments.only not in name:
            continue
        session, picture = make()
        expected = usb.published(picture, is_turned=model == TURNED)
        device = usb.device_file(*model, composite="composite" in name)
        outcome = usb.replay(arguments.loket, device, session.packets)
        different = sum(a != b for a, b in zip(outcome.raw, expected)) + abs(len(outcome.raw) - len(expected))
        is_fine = outcome.status == 0 and different == 0 and outcome.is_released
        failed += not is_fine
        print(f"{'ok  ' if is_fine else 'FAIL'} {name}: {different} pixels different, {outcome.seconds:.1f} s"
              + ("" if is_fine else f", status {outcome.status}, {outcome.code} {outcome.detail}"))
    if not arguments.only:
        failed += twins(arguments.loket)
    print(f"family: {len(CASES) + 1 - failed} passed, {failed} failed, 0 skipped")
    sys.exit(bool(failed))


main()
