"""Writes test/fixtures/models/published.json: every 25th logit that PyTorch computes from published weights and their
publishers' own inputs, and how far the publishers' outputs are from them (max |a - b| / max |b|). MobileNetV2's file has
a classifier that was quantised to 8 bits, so even PyTorch reproduces those outputs to 4 % only.

    python test/oracles/models_published.py FOLDER_OF_WEIGHTS
"""
import json
import sys
from pathlib import Path

import numpy as np
import torch
import torchvision
from safetensors.torch import load_file

FILES = {
    "mobilenet_v2": "mobilenet_v2_imagenet_torchvision.safetensors",
    "squeezenet1_1": "squeezenet1_1_imagenet_onnxzoo.safetensors",
}
weights = Path(sys.argv[1])
out = {"versions": {"torch": torch.__version__, "torchvision": torchvision.__version__}}
for name, file in FILES.items():
    model = getattr(torchvision.models, name)()
    model.load_state_dict(load_file(weights / file))
    model.eval().double()
    out[name] = []
    for index in range(3):
        vectors = weights / "test_vectors" / name
        images, published = (np.load(vectors / f"{index}_{part}.npy") for part in ("input", "output"))
        with torch.no_grad():
            logits = model(torch.from_numpy(images).double()).numpy()[0]
        deviation = float(np.abs(logits - published[0]).max() / np.abs(published).max())
        out[name].append({"publishedDeviation": deviation, "every25th": [float(f"{v:.9g}") for v in logits[::25]]})
path = Path(__file__).parent.parent / "fixtures" / "models" / "published.json"
path.write_text(json.dumps(out, indent=1) + "\n")
