"""A USB camera over USB/IP (package usbip, its own UVC class), showing a picture that Pillow made.

    camera_uvc.py make JPEG            draws the picture
    camera_uvc.py serve JPEG           serves a camera that streams it as motion JPEG, 1280 x 720
    camera_uvc.py check JPEG PORTRAIT  compares a portrait with it
"""
import sys

SIZE = (1280, 720)


def make(path):
    import numpy as np
    from PIL import Image

    y, x = np.mgrid[0:SIZE[1], 0:SIZE[0]].astype(float)
    picture = np.stack([
        x / SIZE[0] * 255, y / SIZE[1] * 255, 127 + 120 * np.sin(x / 37) * np.cos(y / 29)], 2)
    Image.fromarray(picture.clip(0, 255).astype(np.uint8)).save(path, quality=88, subsampling=2)


def serve(path):
    import time

    import usbip
    from usbip.classes.device import UVC
    from usbip.device import USBDevice
    from usbip.transport import USBIP

    jpeg = open(path, "rb").read()
    device = USBDevice(0x1209, 0x0010, product="Witness Camera", serial="1")
    device.set_speed(usbip.SPEED_HIGH)  # before add(): it sizes the isochronous endpoint
    device.add(UVC(*SIZE, fps=30, formats=("mjpeg",), source=lambda stream, format, index: jpeg))
    device.plug(via=USBIP("127.0.0.1", 3240))
    while True:
        time.sleep(3600)


def check(path, portrait):
    import numpy as np
    from PIL import Image

    wanted, found = (np.asarray(Image.open(p).convert("RGB"), float) for p in (path, portrait))
    if wanted.shape != found.shape:
        sys.exit(f"FAIL: {found.shape}, sent {wanted.shape}")
    error = np.abs(wanted - found).mean()
    print(f"{SIZE[0]} x {SIZE[1]}, mean difference {error:.2f} of 255")
    if error >= 1.5:
        sys.exit("FAIL: another picture")


{"make": make, "serve": serve, "check": check}[sys.argv[1]](*sys.argv[2:])
