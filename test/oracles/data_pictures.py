"""Pictures and what Pillow makes of them, for test/data/decode-picture.test.ts.

Run: python test/oracles/data_pictures.py  (numpy, pillow; pillow-heif for the HEIC file). Writes test/fixtures/data/.
"""
import json
from pathlib import Path

import numpy as np
import PIL
from PIL import Image

OUT = Path(__file__).resolve().parents[1] / "fixtures" / "data"
OUT.mkdir(parents=True, exist_ok=True)
FILTERS = {"bicubic": Image.Resampling.BICUBIC, "bilinear": Image.Resampling.BILINEAR}


def picture(width, height, seed):
    """Soft blobs, sharp lines and a little noise, so that filters differ visibly."""
    rng = np.random.default_rng(seed)
    small = Image.fromarray(rng.integers(0, 256, (6, 8, 3), dtype=np.uint8))
    pixels = np.asarray(small.resize((width, height), Image.Resampling.BICUBIC)).astype(int)
    if height < 200:  # far shrinking draws such lines finer than a pixel, where antialiasing filters part
        lines = slice(None, None, max(2, height // 9))
        pixels[lines] = 255 - pixels[lines]
    pixels += rng.integers(-12, 13, pixels.shape)
    return Image.fromarray(np.clip(pixels, 0, 255).astype(np.uint8))


def central_square(image, side, filter_name):
    """torchvision's Resize(side) and CenterCrop(side)."""
    width, height = image.size
    short = min(width, height)
    size = tuple(side if length == short else int(side * length / short) for length in (width, height))
    resized = image.resize(size, FILTERS[filter_name])
    left, top = (round((length - side) / 2.0) for length in size)
    return resized.crop((left, top, left + side, top + side))


CASES = [
    ("shrink", "png", 181, 120, 48),
    ("shrink-tall", "png", 90, 133, 60),
    ("shrink-much", "jpg", 640, 427, 40),
    ("enlarge", "png", 37, 28, 64),
    ("enlarge-tall", "png", 24, 33, 50),
    ("same", "png", 70, 48, 48),
]

cases = []
for seed, (name, extension, width, height, side) in enumerate(CASES):
    source = OUT / f"{name}.{extension}"
    picture(width, height, seed).save(source, **({"quality": 85} if extension == "jpg" else {}))
    image = Image.open(source).convert("RGB")
    for filter_name in FILTERS:
        expected = f"{name}-{filter_name}.png"
        central_square(image, side, filter_name).save(OUT / expected)
        cases.append({"file": source.name, "side": side, "interpolation": filter_name, "expected": expected})
(OUT / "resize.json").write_text(json.dumps({"pillow": PIL.__version__, "numpy": np.__version__, "cases": cases}, indent=1) + "\n")

try:
    import pillow_heif

    pillow_heif.register_heif_opener()
    halves = Image.new("RGB", (96, 64), (200, 40, 40))
    halves.paste((30, 60, 200), (48, 0, 96, 64))
    exif = Image.Exif()
    exif[0x0112] = 6  # shown a quarter turn clockwise: red above, blue below
    halves.save(OUT / "turned.heic", quality=90, exif=exif.tobytes())
except ImportError:
    print("pillow-heif is absent: turned.heic is kept as it is")
