"""Three training steps of ResNet-20 in torch, two pictures each, in float64, with the error of torch's own float32 beside
each quantity. Writes test/fixtures/train-step.json.

Formula-filled weights; the lower four layer groups frozen (their batch norm in inference mode), the others in training mode;
a learning rate a group; Nesterov's momentum with weight decay on matrices and kernels only; class weights and label
smoothing. The pictures are small, so that few numbers enter each batch norm and a biased running variance would show.
"""
import json
from pathlib import Path

import numpy as np
import torch
from cifar_resnet import CifarResNet
from formula import formula_images, formula_parameter
from torch import nn

SIZE, CLASSES, FREEZE_TO, SAMPLES = 16, 4, 4, 24
COUNTS = [1, 2, 3, 2]
LABELS = [[0, 2], [3, 1], [2, 2]]
RATES = [0.02, 0.05, 0.01]
SCALES = [0.1, 0.2, 0.3, 0.4, 0.25, 0.5, 0.75, 0.6, 0.8, 1.5, 1.0]
MOMENTUM, DECAY, SMOOTHING = 0.9, 0.05, 0.1
BLOCKS = [f"layer{s}.{r}" for s in (1, 2, 3) for r in range(3)]


def group_of(name):
    for i, block in enumerate(BLOCKS, 1):
        if name.startswith(block + "."):
            return i
    return 10 if name.startswith("linear") else 0


def sample(values):
    flat = values.detach().double().numpy().reshape(-1)
    count = min(SAMPLES, flat.size)
    return flat[np.arange(count) * flat.size // count]


def pictures(step):
    return f"step/{step}"


def run(dtype):
    model = CifarResNet(3, CLASSES)
    norms = {n: m for n, m in model.named_modules() if isinstance(m, nn.BatchNorm2d)}
    state = {
        n: torch.from_numpy(formula_parameter(n, tuple(t.shape), n.rpartition(".")[0] in norms)).to(dtype)
        for n, t in model.state_dict().items()
        if not n.endswith("num_batches_tracked")
    }
    model.to(dtype).load_state_dict(state, strict=False)
    model.train()
    for n, m in norms.items():
        m.train(group_of(n + ".") >= FREEZE_TO)
    trained = {n: p for n, p in model.named_parameters() if group_of(n) >= FREEZE_TO}
    for n, p in model.named_parameters():
        p.requires_grad_(n in trained)
    groups = [
        {"params": [p], "lr": 0.0, "weight_decay": DECAY if p.dim() >= 2 else 0.0, "scale": SCALES[group_of(n)]}
        for n, p in trained.items()
    ]
    optimizer = torch.optim.SGD(groups, lr=0.0, momentum=MOMENTUM, nesterov=True)
    weight = torch.tensor([sum(COUNTS) / (CLASSES * c) for c in COUNTS], dtype=dtype)
    criterion = nn.CrossEntropyLoss(weight=weight, label_smoothing=SMOOTHING)
    steps = []
    for step, (labels, rate) in enumerate(zip(LABELS, RATES)):
        images = torch.from_numpy(formula_images(2, SIZE, pictures(step))).to(dtype).permute(0, 3, 1, 2).contiguous()
        loss = criterion(model(images), torch.tensor(labels))
        optimizer.zero_grad()
        loss.backward()
        for group in optimizer.param_groups:
            group["lr"] = rate * group["scale"]
        optimizer.step()
        now = {"weights": {n: sample(p) for n, p in trained.items()}}
        now["slots"] = {n: sample(optimizer.state[p]["momentum_buffer"]) for n, p in trained.items()}
        now["statistics"] = {
            f"{n}.{s}": sample(getattr(m, s)) for n, m in norms.items() for s in ("running_mean", "running_var")
        }
        steps.append((loss.item(), now))
    return steps


def record(exact, single):
    error = np.abs(exact - single).max() / max(np.abs(exact).max(), 1e-300)
    return {"values": [float(f"{v:.8g}") for v in exact], "torchError": float(f"{error:.2g}")}


torch.set_num_threads(1)
exact, single = run(torch.float64), run(torch.float32)
out = {
    "versions": {"torch": torch.__version__},
    "size": SIZE,
    "classes": CLASSES,
    "freezeTo": FREEZE_TO,
    "classCounts": COUNTS,
    "labels": LABELS,
    "pictures": [pictures(step) for step in range(len(LABELS))],
    "rates": RATES,
    "groupScales": SCALES,
    "momentum": MOMENTUM,
    "weightDecay": DECAY,
    "labelSmoothing": SMOOTHING,
    "steps": [
        {"loss": loss, **{kind: {n: record(v, s[kind][n]) for n, v in e[kind].items()} for kind in e}}
        for i, ((loss, e), (_, s)) in enumerate(zip(exact, single))
        if i in (0, 2)
    ],
}
path = Path(__file__).parent.parent / "fixtures" / "train-step.json"
path.write_text(json.dumps(out) + "\n")
worst = max(q["torchError"] for step in out["steps"] for kind in ("weights", "slots", "statistics") for q in step[kind].values())
print(path.stat().st_size, "bytes; torch's float32 is off by at most", worst, [s["loss"] for s in out["steps"]])
