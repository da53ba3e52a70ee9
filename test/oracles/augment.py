"""Fixtures for src/augment from torchvision's functional transforms, on small random pictures (float, 0..255).

Writes test/fixtures/augment.json. Affine cases hold a mask of the output pixels whose samples lie wholly inside the picture:
torchvision fills the outside with zero, ours mirrors it.
"""
import json
import os
import numpy as np
import torch
import torchvision
from torchvision.transforms import InterpolationMode, functional as F

rng = np.random.default_rng(7)
side = 24


def picture(size):
    return torch.from_numpy(rng.integers(0, 256, (3, size, size)).astype(np.float32))


def hwc(x):
    return [round(float(v), 4) for v in x.permute(1, 2, 0).reshape(-1)]


image = picture(side)
ones = torch.ones(1, side, side)
affine = []
for degrees, shift, scale in [(0, (3, -2), 1.0), (30, (0, 0), 1.0), (-17, (2, 1), 1.2), (0, (0, 0), 0.8), (90, (0, 0), 1.0)]:
    args = dict(angle=degrees, translate=list(shift), scale=scale, shear=[0.0, 0.0], interpolation=InterpolationMode.BILINEAR)
    out = F.affine(image, **args)
    mask = (F.affine(ones, **args) > 0.9999).int().reshape(-1).tolist()
    affine.append(dict(degrees=degrees, shift=shift, scale=scale, output=hwc(out), mask=mask))

crops = []
for top, left, height, width in [(2, 3, 16, 12), (0, 0, 24, 24), (5, 1, 8, 17)]:
    out = F.resized_crop(image, top, left, height, width, [16, 16], InterpolationMode.BILINEAR, antialias=False)
    crops.append(dict(top=top, left=left, height=height, width=width, size=16, output=hwc(out)))

colour = []
small = picture(6)
unit = small / 255
for name, function, values in [
    ("brightness", F.adjust_brightness, [0.4, 1.0, 1.7]),
    ("contrast", F.adjust_contrast, [0.3, 1.0, 1.8]),
    ("saturation", F.adjust_saturation, [0.0, 1.0, 1.9]),
    ("hue", F.adjust_hue, [-0.5, -0.21, 0.0, 0.13, 0.4]),
]:
    for value in values:
        colour.append(dict(name=name, value=value, output=hwc(function(unit, value) * 255)))
chained = F.adjust_hue(F.adjust_saturation(F.adjust_contrast(F.adjust_brightness(unit, 1.2), 0.7), 1.5), -0.1) * 255

fixture = dict(
    torch=torch.__version__, torchvision=torchvision.__version__, side=side,
    image=hwc(image), affine=affine, crops=crops, small=hwc(small), colour=colour, chained=hwc(chained),
)
path = os.path.join(os.path.dirname(__file__), "..", "fixtures", "augment.json")
with open(path, "w") as file:
    json.dump(fixture, file, separators=(",", ":"))
print(os.path.getsize(path))
