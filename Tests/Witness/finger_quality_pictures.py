"""Pictures of fingers, from good to worthless, for fitting and for judging our quality score.

Three sources of whole fingers, all at 500 pixels an inch, dark ridges on white: PNG files of real ones, PGM
files that our emulator drew, and a generator of its own that shares no code with the emulator. Each is then
spoilt in the ways in which pictures of fingers go wrong. Everything follows from the seeds.
"""
import glob
import os

import numpy as np
from PIL import Image
from scipy import ndimage


def load(path):
    return np.asarray(Image.open(path).convert("L"), dtype=np.float32)


def drawn(seed, side=420):
    """A finger that grows out of noise: a bank of oriented filters, applied by orientation, again and again."""
    random = np.random.default_rng(seed)
    period = random.uniform(7, 11.5)
    rows, columns = np.mgrid[0:side, 0:side].astype(np.float32) - side / 2
    angle = np.full((side, side), random.uniform(-0.3, 0.3), np.float32)
    if random.random() < 0.85:
        core = (random.uniform(-40, 10), random.uniform(-35, 35))
        delta = (random.uniform(60, 130), random.uniform(-110, 110))
        angle = angle + 0.5 * np.arctan2(rows - core[0], columns - core[1])
        angle = angle - 0.5 * np.arctan2(rows - delta[0], columns - delta[1])
        if random.random() < 0.4:
            angle = angle + 0.5 * np.arctan2(rows - core[0] - 35, columns - core[1] + 9)
            angle = angle - 0.5 * np.arctan2(rows - delta[0], columns + delta[1])
        angle = angle + np.pi / 2
    else:
        angle = angle + 0.9 * np.exp(-((rows - 20) / 90) ** 2) * np.tanh(-columns / 70)
    waves = ndimage.gaussian_filter(random.standard_normal((side, side)), 35)
    angle = angle + 0.3 * waves / (waves.std() + 1e-6)
    steps = 24
    which = np.round(np.mod(angle, np.pi) / np.pi * steps).astype(int) % steps
    reach = np.fft.fftfreq(side)
    fy, fx = np.meshgrid(reach, reach, indexing="ij")
    bank = []
    for step in range(steps):
        normal = step * np.pi / steps + np.pi / 2
        along = fx * np.cos(normal) + fy * np.sin(normal)
        across = -fx * np.sin(normal) + fy * np.cos(normal)
        bank.append(np.exp(-(((np.abs(along) - 1 / period) / 0.022) ** 2) - (across / 0.03) ** 2))
    picture = random.standard_normal((side, side))
    for _ in range(7):
        spectrum = np.fft.fft2(picture)
        answers = np.stack([np.fft.ifft2(spectrum * filter).real for filter in bank])
        picture = np.take_along_axis(answers, which[None], 0)[0]
        picture = np.tanh(2 * picture / (picture.std() + 1e-9))
    return finish(picture, random)


def finish(ridges, random):
    """Ridges from -1 to 1 become a picture: contact within an oval, uneven skin, pores."""
    side = ridges.shape[0]
    rows, columns = np.mgrid[0:side, 0:side] - side / 2
    uneven = ndimage.gaussian_filter(random.standard_normal((side, side)), 18)
    uneven /= uneven.std() + 1e-6
    pores = ndimage.gaussian_filter(random.standard_normal((side, side)), 1.2)
    pores = np.maximum(0, pores / pores.std() - 1.6)
    oval = (columns / random.uniform(0.3 * side, 0.46 * side)) ** 2 + (rows / random.uniform(0.36 * side, 0.48 * side)) ** 2
    contact = np.clip((1 - oval) * 6 + 0.4 * uneven, 0, 1)
    ink = 1 / (1 + np.exp(-random.uniform(2, 6) * (ridges + random.uniform(-0.25, 0.25) + 0.2 * uneven - pores)))
    paper, depth = random.uniform(225, 255), random.uniform(120, 230)
    picture = paper - contact * (depth * ink + random.uniform(0, 25))
    return np.clip(picture + random.normal(0, random.uniform(0.5, 6), picture.shape), 0, 255).astype(np.float32)


# MARK: what goes wrong; each takes a picture, how much (0 to 1) and a source of chance


def blurred(picture, amount, random):
    return ndimage.gaussian_filter(picture, 0.5 + 4 * amount)


def noisy(picture, amount, random):
    return picture + random.normal(0, 5 + 95 * amount, picture.shape)


def coarse_noise(picture, amount, random):
    noise = ndimage.gaussian_filter(random.standard_normal(picture.shape), random.uniform(1, 3))
    return picture + noise / noise.std() * (5 + 75 * amount)


def specked(picture, amount, random):
    chance = random.random(picture.shape)
    return np.where(chance < 0.25 * amount, 0, np.where(chance > 1 - 0.25 * amount, 255, picture))


def faded(picture, amount, random):
    return 255 - (255 - picture) * (1 - 0.96 * amount)


def greyed(picture, amount, random):
    level = random.uniform(60, 220)
    return level + (picture - level) * (1 - 0.96 * amount)


def darkened(picture, amount, random):
    return 255 * (np.clip(picture, 0, 255) / 255) ** (1 + 4 * amount)


def lightened(picture, amount, random):
    return 255 * (np.clip(picture, 0, 255) / 255) ** (1 / (1 + 4 * amount))


def dry(picture, amount, random):
    """Ridges break into dots and get thinner: speckle of the size of pores, then a little dilation of white."""
    grain = ndimage.gaussian_filter(random.standard_normal(picture.shape), random.uniform(0.8, 2))
    grain /= grain.std()
    lack = np.clip((grain - 1.6 + 2.6 * amount) * 1.5, 0, 1)
    thin = ndimage.grey_dilation(picture, (2, 2)) if amount > 0.3 else picture
    thin = ndimage.grey_dilation(thin, (2, 2)) if amount > 0.7 else thin
    return thin + (255 - thin) * lack


def wet(picture, amount, random):
    """Ridges merge: black grows, valleys fill up in patches."""
    grown = ndimage.grey_erosion(picture, 2 + int(3 * amount))
    mixed = picture * (1 - min(1, 0.4 + amount)) + grown * min(1, 0.4 + amount)
    patch = ndimage.gaussian_filter(random.standard_normal(picture.shape), random.uniform(12, 30))
    fill = np.clip(patch / patch.std() * 0.7 - 0.6 + 1.6 * amount, 0, 1) * (mixed < 245)
    return ndimage.gaussian_filter(mixed - fill * (mixed - 40) * 0.85, 0.6 + 1.2 * amount)


def thinned(picture, amount, random):
    return ndimage.grey_dilation(picture, 2 + int(4 * amount))


def cropped(picture, amount, random):
    """The finger lies partly beside the glass: what is left keeps the glass's size."""
    height, width = picture.shape
    angle = random.uniform(0, 2 * np.pi)
    down, across = int(height * 0.75 * amount * np.sin(angle)), int(width * 0.75 * amount * np.cos(angle))
    moved = np.full_like(picture, 255)
    target = moved[max(0, down):height + min(0, down), max(0, across):width + min(0, across)]
    target[:] = picture[max(0, -down):height + min(0, -down), max(0, -across):width + min(0, -across)]
    return moved


def windowed(picture, amount, random):
    """A smaller sensor."""
    height, width = picture.shape
    share = 1 - 0.7 * amount
    h, w = max(40, int(height * share)), max(40, int(width * share * random.uniform(0.8, 1)))
    y, x = random.integers(0, height - h + 1), random.integers(0, width - w + 1)
    return picture[y:y + h, x:x + w]


def touched_lightly(picture, amount, random):
    """Only an oval in the middle makes contact."""
    height, width = picture.shape
    rows, columns = np.mgrid[0:height, 0:width]
    centre = (height * random.uniform(0.4, 0.6), width * random.uniform(0.4, 0.6))
    oval = ((rows - centre[0]) / (height * (0.5 - 0.38 * amount))) ** 2
    oval = oval + ((columns - centre[1]) / (width * (0.5 - 0.38 * amount))) ** 2
    return 255 - (255 - picture) * np.clip((1 - oval) * 5, 0, 1)


def turned(picture, amount, random):
    angle = random.choice([-1, 1]) * (5 + 60 * amount)
    return ndimage.rotate(picture, angle, reshape=bool(random.integers(0, 2)), order=1, cval=255)


def scaled(picture, amount, random):
    factor = 1 + random.choice([-0.45, 0.6]) * amount
    return ndimage.zoom(picture, factor, order=1)


def dragged(picture, amount, random):
    length = 3 + int(22 * amount)
    kernel = np.zeros((length, length), np.float32)
    angle = random.uniform(0, np.pi)
    for step in np.linspace(-length / 2 + 0.5, length / 2 - 0.5, 3 * length):
        kernel[int(length / 2 + step * np.sin(angle)), int(length / 2 + step * np.cos(angle))] += 1
    return ndimage.convolve(picture, kernel / kernel.sum(), mode="nearest")


def pixelated(picture, amount, random):
    small = ndimage.zoom(picture, 1 / (1.3 + 5 * amount), order=1)
    return ndimage.zoom(small, (picture.shape[0] / small.shape[0], picture.shape[1] / small.shape[1]), order=0)


def blotched(picture, amount, random):
    patch = ndimage.gaussian_filter(random.standard_normal(picture.shape), random.uniform(6, 25))
    lack = np.clip((patch / patch.std() - 1.8 + 3 * amount) * 4, 0, 1)
    return picture + (255 - picture) * lack


def shaded(picture, amount, random):
    height, width = picture.shape
    rows, columns = np.mgrid[0:height, 0:width]
    angle = random.uniform(0, 2 * np.pi)
    slope = (rows / height - 0.5) * np.sin(angle) + (columns / width - 0.5) * np.cos(angle)
    return picture - 40 * amount + slope * 220 * amount


def creased(picture, amount, random):
    spoilt = picture.copy()
    height, width = picture.shape
    rows, columns = np.mgrid[0:height, 0:width]
    for _ in range(1 + int(24 * amount)):
        angle = random.uniform(0, np.pi)
        y, x = random.uniform(0, height), random.uniform(0, width)
        beside = np.abs((rows - y) * np.cos(angle) - (columns - x) * np.sin(angle))
        along = np.abs((rows - y) * np.sin(angle) + (columns - x) * np.cos(angle))
        white = np.clip(2.2 - beside, 0, 1) * np.clip((random.uniform(20, 140) - along) / 5, 0, 1)
        spoilt += (255 - spoilt) * white
    return spoilt


def doubled(picture, amount, random):
    """Two touches in one picture."""
    other = np.roll(picture[:, ::-1], (int(random.integers(-30, 30)), int(random.integers(-30, 30))), (0, 1))
    return np.minimum(picture, 255 - (255 - other) * amount)


def compressed(picture, amount, random):
    import io

    file = io.BytesIO()
    Image.fromarray(np.clip(picture, 0, 255).astype(np.uint8)).save(file, "JPEG", quality=int(60 - 58 * amount))
    return np.asarray(Image.open(file), dtype=np.float32)


def padded(picture, amount, random):
    edge = [int(v) for v in random.integers(0, 1 + int(120 * amount), 4)]
    level = random.choice([255, 255, 250, 235, 200])
    return np.pad(picture, ((edge[0], edge[1]), (edge[2], edge[3])), constant_values=float(level))


DAMAGES = [
    blurred, noisy, coarse_noise, specked, faded, greyed, darkened, lightened, dry, wet, thinned, cropped, windowed,
    touched_lightly, turned, scaled, dragged, pixelated, blotched, shaded, creased, doubled, compressed, padded,
]


def spoilt(picture, random, most=3):
    """One to `most` damages; the more there are, the smaller each."""
    count = int(random.integers(1, most + 1))
    names = []
    for damage in random.choice(len(DAMAGES), count, replace=False):
        amount = random.uniform(0, 1) ** (1 + 0.5 * (count - 1))
        picture = np.clip(DAMAGES[damage](picture, amount, random), 0, 255).astype(np.float32)
        names.append(f"{DAMAGES[damage].__name__} {amount:.2f}")
    return picture, names


def no_finger(random):
    """What no finger made."""
    height, width = int(random.integers(150, 520)), int(random.integers(150, 520))
    rows, columns = np.mgrid[0:height, 0:width]
    kind = random.integers(0, 7)
    if kind == 0:
        picture = np.full((height, width), random.uniform(0, 255)) + random.normal(0, random.uniform(0, 6), (height, width))
    elif kind == 1:
        picture = random.uniform(100, 250) + random.normal(0, random.uniform(10, 90), (height, width))
    elif kind == 2:
        distance = np.hypot(rows - height / 2, columns - width / 2)
        picture = 128 + 120 * np.sin(2 * np.pi * distance / random.uniform(5, 20))
    elif kind == 3:
        angle = random.uniform(0, np.pi)
        picture = 128 + 120 * np.sin(2 * np.pi * (rows * np.sin(angle) + columns * np.cos(angle)) / random.uniform(4, 30))
    elif kind == 4:
        noise = ndimage.gaussian_filter(random.standard_normal((height, width)), random.uniform(1, 20))
        picture = 150 + 60 * noise / noise.std()
    elif kind == 5:
        size = int(random.integers(4, 40))
        picture = 255.0 * (((rows // size) + (columns // size)) % 2)
    else:
        noise = ndimage.gaussian_filter(random.standard_normal((height, width)), 3)
        picture = 250 - 40 * np.clip(noise / noise.std() - 1, 0, 2)
    return np.clip(picture, 0, 255).astype(np.float32)


def write(path, picture):
    grey = np.clip(np.round(picture), 0, 255).astype(np.uint8)
    with open(path, "wb") as file:
        file.write(b"P5\n%d %d\n255\n" % (grey.shape[1], grey.shape[0]) + grey.tobytes())


def make(folder, seed, real, emulated, grown, each, nothing):
    """Writes a set of PGM pictures and returns a list of (file name, source, damages).

    real, emulated: paths of whole fingers; grown: seeds for `drawn`; each: how many pictures are made of one
    finger of (real, emulated, grown); nothing: how many show no finger.
    """
    os.makedirs(folder, exist_ok=True)
    listing = []

    def add(picture, source, damages):
        height, width = picture.shape
        picture = picture[max(0, (height - 1000) // 2):, max(0, (width - 800) // 2):][:1000, :800]
        name = f"{len(listing):05d}.pgm"
        write(os.path.join(folder, name), picture)
        listing.append((name, source, damages))

    for count, sources, read in ((each[0], real, load), (each[1], emulated, load), (each[2], grown, drawn)):
        for source in sources:
            random = np.random.default_rng([seed, abs(hash_of(str(source)))])
            whole = read(source)
            for number in range(count):
                picture, damages = (whole, []) if number == 0 else spoilt(whole, random)
                label = f"drawn {source}" if read is drawn else os.path.basename(str(source))
                add(picture, label, damages)
    random = np.random.default_rng([seed, 1])
    for _ in range(nothing):
        add(no_finger(random), "no finger", [])
    return listing


def hash_of(text):
    value = 2166136261
    for byte in os.path.basename(text).encode():
        value = (value ^ byte) * 16777619 % 2**32
    return value


def pgm(folder):
    return sorted(glob.glob(os.path.join(folder, "*.pgm")))
