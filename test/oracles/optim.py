"""Trajectories of torch's optimizers in float64 on given gradients. Writes test/fixtures/optim.json."""
import json
import pathlib

import torch

torch.manual_seed(0)
STEPS, RATES = 5, [0.1, 0.07, 0.2, 0.01, 0.05]
start = torch.randn(2, 3, dtype=torch.float64)
gradients = [torch.randn(2, 3, dtype=torch.float64) * s for s in (1.0, 0.3, 2.0, 1e-4, 0.5)]
SGD, ADAM = torch.optim.SGD, torch.optim.AdamW
cases = {
    "sgd": (SGD, {}, {"name": "sgd"}),
    "sgd with L2": (SGD, {"weight_decay": 0.3}, {"name": "sgd"}),
    "momentum": (SGD, {"momentum": 0.9}, {"name": "momentum", "momentum": 0.9}),
    "momentum with L2": (SGD, {"momentum": 0.8, "weight_decay": 0.3}, {"name": "momentum", "momentum": 0.8}),
    "nesterov": (SGD, {"momentum": 0.9, "nesterov": True}, {"name": "nesterov", "momentum": 0.9}),
    "nesterov with L2": (
        SGD,
        {"momentum": 0.9, "nesterov": True, "weight_decay": 0.3},
        {"name": "nesterov", "momentum": 0.9},
    ),
    "adamw": (ADAM, {"weight_decay": 0.0}, {"name": "adamw"}),
    "adamw with decay": (
        ADAM,
        {"betas": (0.8, 0.99), "eps": 1e-3, "weight_decay": 0.3},
        {"name": "adamw", "beta1": 0.8, "beta2": 0.99, "epsilon": 1e-3},
    ),
}


def flat(t):
    return t.detach().reshape(-1).tolist()


out = {
    "versions": {"torch": torch.__version__},
    "shape": [2, 3],
    "start": flat(start),
    "gradients": [flat(g) for g in gradients],
    "rates": RATES,
    "cases": [],
    "clipping": [],
}
for title, (make, kwargs, ours) in cases.items():
    p = torch.nn.Parameter(start.clone())
    optimizer = make([p], lr=RATES[0], **kwargs)
    trajectory = []
    for g, rate in zip(gradients, RATES):
        optimizer.param_groups[0]["lr"] = rate
        p.grad = g.clone()
        optimizer.step()
        trajectory.append(flat(p))
    decay = kwargs.get("weight_decay", 0.0)
    out["cases"].append({"title": title, "config": ours, "weightDecay": decay, "trajectory": trajectory})
for limit in (0.5, 2.0, 100.0):
    ps = [torch.nn.Parameter(torch.zeros(2, 3, dtype=torch.float64)) for _ in range(2)]
    for p, g in zip(ps, gradients[:2]):
        p.grad = g.clone()
    norm = torch.nn.utils.clip_grad_norm_(ps, limit)
    out["clipping"].append({"maxNorm": limit, "norm": norm.item(), "clipped": [flat(p.grad) for p in ps]})
path = pathlib.Path(__file__).parent.parent / "fixtures" / "optim.json"
path.write_text(json.dumps(out, indent=1) + "\n")
