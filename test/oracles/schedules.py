"""Learning rates of torch's own schedulers where they coincide with ours. Writes test/fixtures/schedules.json."""
import json
import pathlib
import warnings

import torch
from torch.optim import lr_scheduler as s

warnings.filterwarnings("ignore")
MAX, MIN, N = 0.05, 0.002, 13


def rates(make, steps):
    optimizer = torch.optim.SGD([torch.nn.Parameter(torch.zeros(1, dtype=torch.float64))], lr=MAX)
    scheduler = make(optimizer)
    out = []
    for _ in range(steps):
        out.append(optimizer.param_groups[0]["lr"])
        optimizer.step()
        scheduler.step()
    return out


def warm(optimizer):
    up = s.LinearLR(optimizer, start_factor=1 / 5, end_factor=1.0, total_iters=4)
    down = s.CosineAnnealingLR(optimizer, T_max=8, eta_min=0.0)
    return s.SequentialLR(optimizer, [up, down], milestones=[4])


out = {
    "versions": {"torch": torch.__version__},
    "maxLearningRate": MAX,
    "minLearningRate": MIN,
    "steps": N,
    "linear": rates(lambda o: s.LinearLR(o, 1.0, MIN / MAX, total_iters=N - 1), N),
    "cosine": rates(lambda o: s.CosineAnnealingLR(o, T_max=N - 1, eta_min=MIN), N),
    "multiStep": {"milestones": [5, 9], "gamma": 0.1, "rates": rates(lambda o: s.MultiStepLR(o, [5, 9], 0.1), N)},
    # 4 linear steps from 0, then a cosine of 9 steps to 0
    "warmUpCosine": rates(warm, N),
    # equal cycles of 6 in torch's convention, which never reaches the floor
    "warmRestarts": {"T_0": 6, "rates": rates(lambda o: s.CosineAnnealingWarmRestarts(o, 6, 1, MIN), 18)},
}
path = pathlib.Path(__file__).parent.parent / "fixtures" / "schedules.json"
path.write_text(json.dumps(out, indent=1) + "\n")
