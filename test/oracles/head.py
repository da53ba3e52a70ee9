"""Multinomial logistic regression by scikit-learn, and by torch's L-BFGS where it has label smoothing.

Minimises mean cross-entropy + lambda/2 |W|^2, bias free. Writes test/fixtures/head.json.
"""
import json
import pathlib

import numpy as np
import sklearn
import torch
from sklearn.linear_model import LogisticRegression

rng = np.random.default_rng(11)
N, D, C = 90, 8, 3
labels = rng.integers(0, C, N)
centres = rng.normal(size=(C, D)) * 0.4
# Non-negative, off centre, small: like pooled features.
x = np.maximum(0, 0.5 + centres[labels] + 0.3 * rng.normal(size=(N, D))).astype(np.float32)
weights = np.array([0.5, 2.0, 1.25])[labels]


def loss_of(w, b, l2, share, smoothing=0.0):
    z = torch.tensor(x, dtype=torch.float64) @ torch.tensor(w).T + torch.tensor(b)
    ce = torch.nn.functional.cross_entropy(z, torch.tensor(labels), reduction="none", label_smoothing=smoothing)
    return float((ce * torch.tensor(share)).sum() + l2 / 2 * (w**2).sum())


def by_sklearn(l2, sample_weight=None):
    share = np.full(N, 1 / N) if sample_weight is None else sample_weight / sample_weight.sum()
    model = LogisticRegression(C=1 / l2, tol=1e-10, max_iter=100000)
    model.fit(x.astype(np.float64), labels, sample_weight=share)
    w, b = model.coef_, model.intercept_
    return w, b - b.mean(), loss_of(w, b, l2, share)


def by_torch(l2, smoothing):
    w = torch.zeros(C, D, dtype=torch.float64, requires_grad=True)
    b = torch.zeros(C, dtype=torch.float64, requires_grad=True)
    opt = torch.optim.LBFGS([w, b], max_iter=5000, tolerance_grad=1e-12, tolerance_change=0, line_search_fn="strong_wolfe")
    xs, ys = torch.tensor(x, dtype=torch.float64), torch.tensor(labels)

    def closure():
        opt.zero_grad()
        value = torch.nn.functional.cross_entropy(xs @ w.T + b, ys, label_smoothing=smoothing) + l2 / 2 * (w**2).sum()
        value.backward()
        return value

    opt.step(closure)
    return w.detach().numpy(), (b - b.mean()).detach().numpy(), float(closure().detach())


cases = []
for l2 in (1e-4, 1e-2, 1.0):
    cases.append(({"l2": l2, "labelSmoothing": 0.0, "weighted": False}, by_sklearn(l2)))
cases.append(({"l2": 1e-2, "labelSmoothing": 0.0, "weighted": True}, by_sklearn(1e-2, weights)))
cases.append(({"l2": 1e-3, "labelSmoothing": 0.1, "weighted": False}, by_torch(1e-3, 0.1)))
out = {
    "versions": {"sklearn": sklearn.__version__, "torch": torch.__version__},
    "featureSize": D,
    "classes": C,
    "features": [float(v) for v in x.reshape(-1)],
    "labels": labels.tolist(),
    "weights": weights.tolist(),
    "cases": [
        # The bias is only determined up to a constant: here it sums to zero.
        {**given, "weight": w.reshape(-1).tolist(), "centredBias": b.tolist(), "loss": loss}
        for given, (w, b, loss) in cases
    ],
}
path = pathlib.Path(__file__).parent.parent / "fixtures" / "head.json"
path.write_text(json.dumps(out) + "\n")
