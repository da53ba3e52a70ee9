"""Writes test/fixtures/models/<architecture>.json: what PyTorch computes for every architecture with formula-filled
weights and pictures, in float64, with the error of its own float32 beside each quantity.

    python test/oracles/models.py [ARCHITECTURE]...

Where an activation lies within rounding of a relu's kink, two correct float32 programs differ by a whole unit's gradient.
So PyTorch's float32 is asked in several orders of summation, the largest error counts, and of several sets of pictures
the one is taken on which that error is smallest.

The loss is sum(logits * formula("loss")). Statistics and gradients are those of the batch in training mode (and
gradients in inference mode); `afterStep` are inference logits after one step of plain gradient descent.
"""
import json
import sys
from pathlib import Path

import numpy as np
import timm
import torch
import torchvision
from cifar_resnet import CifarResNet
from formula import formula, formula_images, formula_parameter
from torch import nn

BATCH, CLASSES, SAMPLES, RATE = 2, 10, 192, 1e-4
PICTURES = [f"images/{i}" for i in range(10)]
ORDERS = ["channels first", "channels last", "without oneDNN"]
FOLDER = Path(__file__).parent.parent / "fixtures" / "models"
# Sizes with odd maps on the way, so that "same" and ceil mode differ from symmetric and floor.
SIZES = {
    "tf_efficientnet_lite0": 64,
    "tf_efficientnet_lite1": 60,
    "tf_efficientnet_lite2": 72,
    "mobilenet_v2": 64,
    "squeezenet1_1": 68,
    "resnet18": 64,
    "resnet34": 64,
    "resnet50": 64,
    "resnet20": 32,
    "resnet32": 32,
    "resnet56": 32,
}


def build(name):
    if name in ("resnet20", "resnet32", "resnet56"):
        return CifarResNet((int(name[6:]) - 2) // 6, CLASSES)
    if name.startswith("tf_"):
        return timm.create_model(name, num_classes=CLASSES)
    return getattr(torchvision.models, name)(num_classes=CLASSES)


def fill(model, dtype):
    norms = {n for n, m in model.named_modules() if isinstance(m, nn.BatchNorm2d)}
    state = {}
    for name, tensor in model.state_dict().items():
        if name.endswith("num_batches_tracked"):
            continue
        is_norm = name.rpartition(".")[0] in norms
        state[name] = torch.from_numpy(formula_parameter(name, tuple(tensor.shape), is_norm)).to(dtype)
    model.to(dtype).load_state_dict(state)
    for module in model.modules():
        if isinstance(module, nn.Dropout):
            module.p = 0.0
    return model


def sample(values):
    flat = values.reshape(-1)
    return flat[np.arange(min(SAMPLES, flat.size)) * flat.size // min(SAMPLES, flat.size)]


def watched(model):
    """A first, a middle and the last layer, and the scale of a middle norm."""
    weights = [n for n, p in model.named_parameters() if p.dim() >= 2]
    norms = [n for n, m in model.named_modules() if isinstance(m, nn.BatchNorm2d)]
    names = [weights[0], weights[len(weights) // 2], weights[-1], weights[-1].replace(".weight", ".bias")]
    return names + ([norms[len(norms) // 2] + ".weight"] if norms else [])


def run(name, dtype, pictures, order="channels first"):
    with torch.backends.mkldnn.flags(enabled=order != "without oneDNN"):
        return computed(name, dtype, pictures, torch.channels_last if order == "channels last" else torch.contiguous_format)


def computed(name, dtype, pictures, memory_format):
    images = torch.from_numpy(formula_images(BATCH, SIZES[name], pictures)).to(dtype).permute(0, 3, 1, 2)
    images = images.contiguous(memory_format=memory_format)
    coefficients = torch.from_numpy(formula("loss", BATCH * CLASSES).astype(np.float32).reshape(BATCH, CLASSES)).to(dtype)
    result = {}
    for mode in ("inference", "training"):
        model = fill(build(name), dtype).to(memory_format=memory_format).train(mode == "training")
        logits = model(images)
        (logits * coefficients).sum().backward()
        grads = {n: p.grad.detach().double().numpy() for n, p in model.named_parameters()}
        part = {"logits": logits.detach().double().numpy(), "gradients": {n: grads[n] for n in watched(model)}}
        if mode == "training":
            norms = [n for n, m in model.named_modules() if isinstance(m, nn.BatchNorm2d)]
            chosen = [norms[0], norms[len(norms) // 2], norms[-1]] if norms else []
            state = model.state_dict()
            part["statistics"] = {
                f"{n}.{s}": state[f"{n}.{s}"].double().numpy() for n in chosen for s in ("running_mean", "running_var")
            }
            with torch.no_grad():
                for p in model.parameters():
                    p -= RATE * p.grad
                part["afterStep"] = model.eval()(images).double().numpy()
        result[mode] = part
    return result


def rounded(values):
    return [float(f"{v:.9g}") for v in np.asarray(values).reshape(-1)]


def largest(exact, single):
    return float(np.abs(exact - single).max() / max(np.abs(exact).max(), 1e-300))


def l2(exact, single):
    return float(np.linalg.norm(exact - single) / max(np.linalg.norm(exact), 1e-300))


def record(exact, singles, relative=largest):
    """Values to compare with, and how far PyTorch's float32 is from them at most."""
    return {"values": rounded(exact), "torchError": float(f"{max(relative(exact, s) for s in singles):.3g}")}


def compared(exact, singles):
    out = {}
    for mode in ("inference", "training"):
        e, many = exact[mode], [single[mode] for single in singles]
        out[mode] = {"logits": record(e["logits"], [s["logits"] for s in many]), "gradients": {}}
        for n, values in e["gradients"].items():
            samples = [sample(s["gradients"][n]) for s in many]
            norm = float(np.linalg.norm(values))
            out[mode]["gradients"][n] = {"norm": norm, **record(sample(values), samples, l2)}
        if mode == "training":
            out[mode]["statistics"] = {
                n: record(values, [s["statistics"][n] for s in many]) for n, values in e["statistics"].items()
            }
            out[mode]["afterStep"] = record(e["afterStep"], [s["afterStep"] for s in many])
    return out


def worst_gradient(result):
    return max(g["torchError"] for mode in result.values() for g in mode["gradients"].values())


def fixture(name):
    best = None
    for pictures in PICTURES:
        exact = run(name, torch.float64, pictures)
        result = compared(exact, [run(name, torch.float32, pictures, order) for order in ORDERS])
        if best is None or worst_gradient(result) < worst_gradient(best[1]):
            best = pictures, result
    pictures, result = best
    out = {
        "versions": {"torch": torch.__version__, "torchvision": torchvision.__version__, "timm": timm.__version__},
        "architecture": name,
        "pictures": pictures,
        "size": SIZES[name],
        "batch": BATCH,
        "classes": CLASSES,
        "rate": RATE,
        **result,
    }
    FOLDER.mkdir(parents=True, exist_ok=True)
    path = FOLDER / f"{name}.json"
    path.write_text(json.dumps(out) + "\n")
    print(f"{name}: {path.stat().st_size} bytes, {pictures}, gradients to {worst_gradient(result):.1e}")


if __name__ == "__main__":
    torch.set_num_threads(1)
    for architecture in sys.argv[1:] or SIZES:
        fixture(architecture)
