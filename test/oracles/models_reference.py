"""Writes test/fixtures/models/reference.json: of every architecture with its published number of classes, a digest of
torch's state_dict names and shapes, the number of parameters, and the multiply-adds that PyTorch counts while it runs;
and one batch norm whose every channel sees two values.

    python test/oracles/models_reference.py
"""
import hashlib
import json
from pathlib import Path

import timm
import torch
import torchvision
from cifar_resnet import CifarResNet
from torch.utils.flop_counter import FlopCounterMode

SIZES = {
    "tf_efficientnet_lite0": 224,
    "tf_efficientnet_lite1": 240,
    "tf_efficientnet_lite2": 260,
    "mobilenet_v2": 224,
    "squeezenet1_1": 224,
    "resnet18": 224,
    "resnet34": 224,
    "resnet50": 224,
    "resnet20": 32,
    "resnet32": 32,
    "resnet56": 32,
}


def build(name):
    if name in ("resnet20", "resnet32", "resnet56"):
        return CifarResNet((int(name[6:]) - 2) // 6, 10)
    return timm.create_model(name) if name.startswith("tf_") else getattr(torchvision.models, name)()


def described(name):
    model = build(name).eval()
    counter = FlopCounterMode(display=False)
    with counter, torch.no_grad():
        model(torch.zeros(1, 3, SIZES[name], SIZES[name]))
    lines = [f"{n} {list(t.shape)}" for n, t in model.state_dict().items() if not n.endswith("num_batches_tracked")]
    return {
        "size": SIZES[name],
        "names": len(lines),
        "sha256": hashlib.sha256("\n".join(lines).encode()).hexdigest(),
        "parameters": sum(p.numel() for p in model.parameters()),
        "multiplyAdds": counter.get_total_flops() // 2,
    }


def norm_of_two():
    """BatchNorm2d(3) on [2, 3, 1, 1]; loss = sum(output * [[1, 2, 3], [-1, 1, 4]])."""
    norm = torch.nn.BatchNorm2d(3).double()
    with torch.no_grad():
        norm.weight.copy_(torch.tensor([1.0, 0.5, -2.0]))
        norm.bias.copy_(torch.tensor([0.0, 1.0, 0.25]))
        norm.running_mean.copy_(torch.tensor([1.0, -1.0, 0.0]))
        norm.running_var.copy_(torch.tensor([1.0, 2.0, 0.5]))
    x = torch.tensor([[0.5, 0.002, -1.0], [1.5, 0.004, 2.0]], dtype=torch.float64, requires_grad=True)
    y = norm(x[:, :, None, None])[:, :, 0, 0]
    (y * torch.tensor([[1.0, 2.0, 3.0], [-1.0, 1.0, 4.0]])).sum().backward()
    values = {"y": y, "dx": x.grad, "dScale": norm.weight.grad, "dShift": norm.bias.grad}
    values |= {"runningMean": norm.running_mean, "runningVariance": norm.running_var}
    return {name: value.detach().flatten().tolist() for name, value in values.items()}


out = {
    "versions": {"torch": torch.__version__, "torchvision": torchvision.__version__, "timm": timm.__version__},
    "architectures": {name: described(name) for name in SIZES},
    "normOfTwo": norm_of_two(),
}
path = Path(__file__).parent.parent / "fixtures" / "models" / "reference.json"
path.write_text(json.dumps(out, indent=1) + "\n")
