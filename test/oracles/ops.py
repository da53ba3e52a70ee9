"""Writes test/fixtures/ops.json: for each kind of node, the output and every gradient of small networks as PyTorch computes them
in float64. Loss: sum(output * coefficients). Weights and inputs follow formula.py; maps are [2, 7, 6, channels].

    python test/oracles/ops.py
"""
import json
from collections import OrderedDict
from pathlib import Path

import numpy as np
import torch
from formula import formula, formula_parameter
from torch import nn

BATCH, HEIGHT, WIDTH = 2, 7, 6


class Tokens(nn.Module):
    def forward(self, x):
        return x.flatten(2).transpose(1, 2)


class MeanOfTokens(nn.Module):
    def forward(self, x):
        return x.mean(1)


class SqueezeExcite(nn.Module):
    """As torchvision.ops.SqueezeExcitation."""

    def __init__(self, channels, squeezed):
        super().__init__()
        self.fc1 = nn.Conv2d(channels, squeezed, 1)
        self.fc2 = nn.Conv2d(squeezed, channels, 1)

    def forward(self, x):
        scale = nn.functional.adaptive_avg_pool2d(x, 1)
        return torch.sigmoid(self.fc2(torch.relu(self.fc1(scale)))) * x


class Gate(nn.Module):
    """A vector scales the channels of a map."""

    def __init__(self):
        super().__init__()
        self.fc = nn.Linear(4, 4, bias=False)

    def forward(self, x):
        return x * self.fc(x.mean((2, 3)))[:, :, None, None]


class TwoHeads(nn.Module):
    """The weighted mean of two classifiers' probabilities."""

    def __init__(self):
        super().__init__()
        self.a = nn.Linear(4, 3)
        self.b = nn.Linear(4, 3)

    def forward(self, x):
        pooled = x.mean((2, 3))
        return 0.25 * self.a(pooled).softmax(1) + 0.75 * self.b(pooled).softmax(1)


class Tempered(nn.Module):
    """Probabilities at a temperature of 1.6."""

    def __init__(self):
        super().__init__()
        self.fc = nn.Linear(4, 3)

    def forward(self, x):
        return (self.fc(x.mean((2, 3))) / 1.6).softmax(1)


class Normalise(nn.Module):
    def forward(self, x):
        mean = torch.tensor([0.485, 0.456, 0.406], dtype=x.dtype)[:, None, None]
        std = torch.tensor([0.229, 0.224, 0.225], dtype=x.dtype)[:, None, None]
        return (x / 255 - mean) / std


def named(**modules):
    return nn.Sequential(OrderedDict(modules))


# The networks of test/nn/ops.test.ts, by their titles there: input channels, network.
CASES = {
    "a convolution in two groups": (6, named(conv=nn.Conv2d(6, 4, 3, padding=1, groups=2))),
    "a convolution in three groups that halves the map": (6, named(conv=nn.Conv2d(6, 9, 3, 2, 1, groups=3, bias=False))),
    "two filters a channel": (3, named(conv=nn.Conv2d(3, 6, 3, padding=1, groups=3))),
    "a dilated convolution": (3, named(conv=nn.Conv2d(3, 4, 3, padding=2, dilation=2))),
    "a depthwise convolution, dilated along the width": (4, named(conv=nn.Conv2d(4, 4, 3, padding=(1, 2), dilation=(1, 2), groups=4))),
    "a dilated convolution in groups with a stride": (4, named(conv=nn.Conv2d(4, 6, 3, 2, 2, 2, groups=2))),
    "a row, then a column": (3, named(row=nn.Conv2d(3, 4, (1, 5), padding=(0, 2)), column=nn.Conv2d(4, 2, (3, 1), padding=(1, 0)))),
    "a stride of its own for each axis": (3, named(conv=nn.Conv2d(3, 4, (3, 2), (2, 1), (1, 0)))),
    "a depthwise convolution with a stride of its own for each axis": (4, named(conv=nn.Conv2d(4, 4, 3, (2, 1), 1, groups=4))),
    "rectangular maximum pooling": (3, named(pool=nn.MaxPool2d((3, 2), (2, 1), (1, 0)))),
    "rectangular average pooling": (3, named(pool=nn.AvgPool2d((3, 2), (2, 1), (1, 0)))),
    "a linear layer without bias on tokens": (5, named(tokens=Tokens(), fc=nn.Linear(5, 3, bias=False))),
    "a linear layer on the mean of tokens": (5, named(tokens=Tokens(), mean=MeanOfTokens(), fc=nn.Linear(5, 3))),
    "a linear layer on a flattened map": (2, named(flatten=nn.Flatten(), fc=nn.Linear(2 * HEIGHT * WIDTH, 3))),
    "squeeze and excitation": (8, SqueezeExcite(8, 2)),
    "a vector that scales channels": (4, Gate()),
    "the weighted mean of two classifiers": (4, TwoHeads()),
    "logits over a temperature": (4, Tempered()),
    "pixels normalised": (3, Normalise()),
    "hard swish": (3, named(act=nn.Hardswish())),
}


def numbers(tensor):
    return [float(f"{value:.9g}") for value in tensor.detach().reshape(-1).tolist()]


def case(title, channels, net):
    net = net.double()
    with torch.no_grad():
        for name, parameter in net.named_parameters():
            values = formula_parameter(name, tuple(parameter.shape), is_norm=False)
            parameter.copy_(torch.from_numpy(values.astype(np.float64)))
    pixels = formula("input", BATCH * HEIGHT * WIDTH * channels).astype(np.float32).astype(np.float64)
    x = torch.from_numpy(pixels.reshape(BATCH, HEIGHT, WIDTH, channels)).requires_grad_()
    y = net(x.permute(0, 3, 1, 2))
    # Ours are channels-last.
    output = y.permute(0, 2, 3, 1) if y.dim() == 4 else y
    coefficients = torch.from_numpy(formula("loss", output.numel()).reshape(output.shape))
    (output * coefficients).sum().backward()
    gradients = {name: parameter.grad for name, parameter in net.named_parameters()}
    return {
        "title": title,
        "channels": channels,
        "shape": list(output.shape[1:]),
        "output": numbers(output),
        "gradients": {name: numbers(grad) for name, grad in {"input": x.grad, **gradients}.items()},
    }


out = {
    "versions": {"torch": torch.__version__},
    "cases": [case(title, channels, net) for title, (channels, net) in CASES.items()],
}
path = Path(__file__).parent.parent / "fixtures" / "ops.json"
path.write_text(json.dumps(out, separators=(",", ":")) + "\n")
