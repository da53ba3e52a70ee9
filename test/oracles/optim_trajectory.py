"""200 training steps of a small network in torch for each optimizer, in float64, with the error of torch's own float32 beside each
quantity. Writes test/fixtures/optim-trajectory.json.

Convolution, batch norm in training mode, linear layer, from formula-filled weights; two parameter groups at different rates; decay on
weights of more than one axis only. The first layer group is frozen (its batch norm in inference mode) for the first half: its slots
begin in the middle.
"""
import json
from pathlib import Path

import numpy as np
import torch
import torch.nn.functional as F
from formula import formula_images, formula_parameter
from torch import nn

STEPS, UNFREEZE, SIZE, CLASSES, BATCH, BATCHES = 200, 100, 8, 3, 8, 4
KEPT = [1, UNFREEZE, UNFREEZE + 1, STEPS]
BODY_SCALE, RATE_PATTERN, DECAY = 0.25, [1.0, 0.75, 0.5, 0.125], 0.0625
SGD = torch.optim.SGD
CASES = {
    "sgd": (SGD, 0.25, {}),
    "momentum": (SGD, 0.0625, {"momentum": 0.875}),
    "nesterov": (SGD, 0.0625, {"momentum": 0.875, "nesterov": True}),
    "adamw": (torch.optim.AdamW, 0.015625, {"betas": (0.875, 0.984375), "eps": 2.0**-20}),
}


class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv1 = nn.Conv2d(3, 4, 3, 1, 1, bias=False)
        self.bn1 = nn.BatchNorm2d(4)
        self.conv2 = nn.Conv2d(4, 6, 3, 2, 1, bias=False)
        self.bn2 = nn.BatchNorm2d(6)
        self.linear = nn.Linear(6, CLASSES)

    def forward(self, x):
        x = F.relu(self.bn1(self.conv1(x)))
        x = F.relu(self.bn2(self.conv2(x)))
        return self.linear(x.mean((2, 3)))


def freeze_first(model, frozen):
    model.train()
    model.bn1.train(not frozen)
    for module in (model.conv1, model.bn1):
        for p in module.parameters():
            p.requires_grad_(not frozen)


def groups_of(model):
    """Weight decay needs a torch group of its own, so each of the two rates has two."""
    for scale, modules in ((BODY_SCALE, ["conv1", "bn1", "conv2", "bn2"]), (1.0, ["linear"])):
        params = [p for m in modules for p in getattr(model, m).parameters()]
        yield {"params": [p for p in params if p.dim() > 1], "weight_decay": DECAY, "scale": scale}
        yield {"params": [p for p in params if p.dim() == 1], "weight_decay": 0.0, "scale": scale}


def run(dtype, make, rate, kwargs):
    model = Net()
    state = {
        n: torch.from_numpy(formula_parameter(n, tuple(t.shape), n.startswith("bn"))).to(dtype)
        for n, t in model.state_dict().items()
        if not n.endswith("num_batches_tracked")
    }
    model.to(dtype).load_state_dict(state, strict=False)
    batches = [
        torch.from_numpy(formula_images(BATCH, SIZE, f"batch/{i}")).to(dtype).permute(0, 3, 1, 2).contiguous()
        for i in range(BATCHES)
    ]
    labels = torch.arange(BATCH * BATCHES).reshape(BATCHES, BATCH) % CLASSES
    optimizer = make(list(groups_of(model)), lr=rate, **kwargs)
    losses, kept = [], {}
    for step in range(STEPS):
        freeze_first(model, step < UNFREEZE)
        loss = F.cross_entropy(model(batches[step % BATCHES]), labels[step % BATCHES])
        optimizer.zero_grad()
        loss.backward()
        for group in optimizer.param_groups:
            group["lr"] = rate * RATE_PATTERN[step % len(RATE_PATTERN)] * group["scale"]
        optimizer.step()
        losses.append(loss.item())
        if step + 1 in KEPT:
            kept[step + 1] = {
                n: t.detach().double().numpy().reshape(-1).copy()
                for n, t in model.state_dict().items()
                if not n.endswith("num_batches_tracked")
            }
    return losses, kept


def record(exact, single):
    error = np.abs(exact - single).max() / np.abs(exact).max()
    return {"values": [float(f"{v:.8g}") for v in exact], "torchError": float(f"{error:.2g}")}


torch.set_num_threads(1)
cases = {}
for name, (make, rate, kwargs) in CASES.items():
    losses, exact = run(torch.float64, make, rate, kwargs)
    _, single = run(torch.float32, make, rate, kwargs)
    steps = {step: {n: record(v, single[step][n]) for n, v in exact[step].items()} for step in KEPT}
    worst = max(q["torchError"] for quantities in steps.values() for q in quantities.values())
    assert worst < 1e-4, f"{name}: not smooth enough to compare, torch's float32 is off by {worst}"
    print(f"{name}: loss {losses[0]:.4f} -> {losses[-1]:.4f}; torch's float32 is off by at most {worst:.1e}")
    cases[name] = {"rate": rate, "losses": [float(f"{v:.8g}") for v in losses], "steps": steps}
out = {
    "versions": {"torch": torch.__version__},
    "unfreeze": UNFREEZE,
    "size": SIZE,
    "classes": CLASSES,
    "batch": BATCH,
    "batches": BATCHES,
    "groupScales": [BODY_SCALE, BODY_SCALE, 1.0],
    "ratePattern": RATE_PATTERN,
    "weightDecay": DECAY,
    "momentum": 0.875,
    "betas": [0.875, 0.984375],
    "epsilon": 2.0**-20,
    "cases": cases,
}
path = Path(__file__).parent.parent / "fixtures" / "optim-trajectory.json"
path.write_text(json.dumps(out) + "\n")
print(path.stat().st_size, "bytes")
