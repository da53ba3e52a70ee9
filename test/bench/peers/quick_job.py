"""The `quick` job in PyTorch, timm and scikit-learn: decode in worker processes, cache features, five grouped stratified
folds over a grid of L2, predict the test part with the averaged heads. The clock runs from the first line of work to the
last, imports excluded. Prints one JSON object.

usage: quick_job.py DATA WEIGHTS CACHE --layout nchw|nhwc --threads N --workers N --l2 VALUE... [--probe]
--probe only times five batches of the network in the layout.
"""

import argparse
import hashlib
import json
import sys
import time
from pathlib import Path

import numpy as np
import timm
import torch
from PIL import Image
from safetensors.torch import load_file
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import log_loss
from sklearn.model_selection import StratifiedGroupKFold
from timm.data import create_transform
from torch.utils.data import DataLoader, Dataset

BATCH = 32
FOLDS = 5


class Pictures(Dataset):
    def __init__(self, files):
        self.files = files
        self.transform = create_transform(
            input_size=(3, 224, 224), interpolation="bicubic", crop_pct=0.875, mean=(0.5,) * 3, std=(0.5,) * 3
        )

    def __len__(self):
        return len(self.files)

    def __getitem__(self, index):
        with Image.open(self.files[index]) as picture:
            return self.transform(picture.convert("RGB"))


def open_network(weights, memory_format):
    network = timm.create_model("tf_efficientnet_lite0", pretrained=False)
    network.load_state_dict(load_file(weights))
    return network.eval().to(memory_format=memory_format)


def features_of(files, network, memory_format, workers):
    loader = DataLoader(Pictures(files), batch_size=BATCH, num_workers=workers)
    with torch.inference_mode():
        parts = [
            network.forward_head(
                network.forward_features(batch.contiguous(memory_format=memory_format)), pre_logits=True
            )
            for batch in loader
        ]
    return torch.cat(parts).numpy()


def list_pictures(folder, classes):
    files = [(file, label) for label, name in enumerate(classes) for file in sorted((folder / name).iterdir())]
    return [file for file, _ in files], np.array([label for _, label in files])


def choose(x, y, groups, l2_grid):
    """The strength of the lower log loss out of fold, and its heads."""
    folds = list(StratifiedGroupKFold(FOLDS, shuffle=True, random_state=0).split(x, y, groups))
    best = None
    for l2 in l2_grid:
        probabilities = np.zeros((len(y), y.max() + 1))
        heads = []
        for inside, outside in folds:
            head = LogisticRegression(C=1 / (len(inside) * l2), max_iter=500).fit(x[inside], y[inside])
            probabilities[outside] = head.predict_proba(x[outside])
            heads.append(head)
        loss = log_loss(y, probabilities)
        if best is None or loss < best["loss"]:
            best = {"loss": loss, "l2": l2, "heads": heads, "accuracy": float(np.mean(probabilities.argmax(1) == y))}
    return best


def run(args, memory_format):
    start = time.perf_counter()
    network = open_network(args.weights, memory_format)
    root = Path(args.data)
    classes = sorted(folder.name for folder in (root / "train").iterdir())
    parts = {}
    for part in ("train", "val"):
        files, labels = list_pictures(root / part, classes)
        features = features_of(files, network, memory_format, args.workers)
        np.save(Path(args.cache) / f"{part}.npy", features)
        parts[part] = (files, features, labels)
    extracted = time.perf_counter()
    files, x, y = parts["train"]
    groups = [hashlib.sha256(file.read_bytes()).hexdigest() for file in files]
    groups = np.unique(groups, return_inverse=True)[1]
    best = choose(x, y, groups, args.l2)
    _, test_x, test_y = parts["val"]
    answer = np.mean([head.predict_proba(test_x) for head in best["heads"]], axis=0)
    end = time.perf_counter()
    return {
        "seconds": end - start,
        "secondsFeatures": extracted - start,
        "secondsFolds": end - extracted,
        "l2": best["l2"],
        "outOfFold": best["accuracy"],
        "test": float(np.mean(answer.argmax(1) == test_y)),
        "torch": torch.__version__,
        "timm": timm.__version__,
    }


def probe(args, memory_format):
    network = open_network(args.weights, memory_format)
    images = torch.rand(BATCH, 3, 224, 224).contiguous(memory_format=memory_format)
    times = []
    with torch.inference_mode():
        for _ in range(6):
            start = time.perf_counter()
            network.forward_features(images)
            times.append(time.perf_counter() - start)
    return {"seconds": float(np.median(times[1:]))}


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("data")
    parser.add_argument("weights")
    parser.add_argument("cache")
    parser.add_argument("--layout", choices=["nchw", "nhwc"], required=True)
    parser.add_argument("--threads", type=int, required=True)
    parser.add_argument("--workers", type=int, required=True)
    parser.add_argument("--l2", type=float, nargs="+", default=[])
    parser.add_argument("--probe", action="store_true")
    args = parser.parse_args()
    torch.set_num_threads(args.threads)
    memory_format = torch.channels_last if args.layout == "nhwc" else torch.contiguous_format
    json.dump(probe(args, memory_format) if args.probe else run(args, memory_format), sys.stdout)


if __name__ == "__main__":
    main()
