"""Writes test/fixtures/zoo: what timm and Pillow make of real pictures with the embedded EfficientNet-Lite0.

    python test/oracles/lite0_features.py ../shared/data

Only features, classes, counts of right answers and relative paths are written, no pictures.
"""

import argparse
import json
from pathlib import Path

import PIL
import timm
import torch
from PIL import Image
from safetensors.torch import load_file, save_file

ROOT = Path(__file__).resolve().parents[2]
OUT = ROOT / "test" / "fixtures" / "zoo"
FOLDERS = {
    "hymenoptera/val/ants": 4,
    "hymenoptera/val/bees": 4,
    "flowers-1000/val/daisy": 4,
    "flowers-1000/val/tulips": 2,
    "tiny-imagenet-20/val/n02132136_brown_bear": 2,
    "tiny-imagenet-20/val/n07920052_espresso": 2,
    "cifar10-small/test/ship": 2,
}
# ImageNet's class of every picture in a folder. The first three hold photographs, the others pictures of 64 pixels.
NAMED = {
    "hymenoptera/val/ants": 310,
    "hymenoptera/val/bees": 309,
    "flowers-1000/val/daisy": 985,
    "tiny-imagenet-20/val/n02132136_brown_bear": 294,
    "tiny-imagenet-20/val/n02793495_barn": 425,
    "tiny-imagenet-20/val/n03393912_freight_car": 565,
    "tiny-imagenet-20/val/n09193705_alp": 970,
}


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("data", type=Path)
    data = parser.parse_args().data
    model = timm.create_model("tf_efficientnet_lite0").eval()
    model.load_state_dict(load_file(ROOT / "pretrained" / "efficientnet_lite0.safetensors"), strict=True)
    transform = timm.data.create_transform(**timm.data.resolve_data_config({}, model=model))

    paths, features, classes = [], [], []
    for folder, count in FOLDERS.items():
        files = sorted(path for path in (data / folder).iterdir() if path.is_file())
        for path in files[:: max(1, len(files) // count)][:count]:
            images = transform(Image.open(path).convert("RGB")).unsqueeze(0)
            with torch.no_grad():
                pooled = model.forward_head(model.forward_features(images), pre_logits=True)
                logits = model.get_classifier()(pooled)
            paths.append(path.relative_to(data).as_posix())
            features.append(pooled[0])
            classes.append(logits[0].topk(5).indices.tolist())

    named = []
    for folder, label in NAMED.items():
        files = sorted(path for path in (data / folder).iterdir() if path.is_file())[:20]
        with torch.no_grad():
            best = model(torch.stack([transform(Image.open(path).convert("RGB")) for path in files])).topk(5).indices
        hits = best == label
        named.append({"folder": folder, "label": label, "first": int(hits[:, 0].sum()), "five": int(hits.any(1).sum())})

    OUT.mkdir(parents=True, exist_ok=True)
    save_file({"features": torch.stack(features)}, OUT / "lite0_features.safetensors")
    (OUT / "lite0_features.safetensors").chmod(0o644)
    versions = {"torch": torch.__version__, "timm": timm.__version__, "pillow": PIL.__version__}
    described = {"versions": versions, "paths": paths, "top5": classes, "named": named}
    (OUT / "lite0_features.json").write_text(json.dumps(described) + "\n")


if __name__ == "__main__":
    main()
