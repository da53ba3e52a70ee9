"""Metrics of scikit-learn, scipy and plain numpy on small random data. Writes test/fixtures/metrics.json."""
import json
import pathlib
import warnings

import numpy as np
import scipy
import scipy.optimize
import scipy.stats as st
import sklearn
import sklearn.metrics as sk

warnings.filterwarnings("ignore")
rng = np.random.default_rng(7)
N, C, M = 60, 4, 4


def softmax(x):
    e = np.exp(x - x.max(1, keepdims=True))
    return e / e.sum(1, keepdims=True)


labels = rng.integers(0, C - 1, N)  # the last class has no pictures
members = [softmax(rng.normal(size=(N, C)) * 1.2 + 1.1 * np.eye(C)[labels]).astype(np.float32) for _ in range(M)]
p, pred = members[0], [m.argmax(1) for m in members]
weights = [1.0, 0.0, 2.0, 0.5]


def ece(p, y, bins):
    conf, hit, total = p.max(1).astype(np.float64), p.argmax(1) == y, 0.0
    edges = np.linspace(0, 1, bins + 1)
    for lo, hi in zip(edges[:-1], edges[1:]):
        inside = (conf > lo) & (conf <= hi)
        if inside.any():
            total += inside.mean() * abs(conf[inside].mean() - hit[inside].mean())
    return total


def mcnemar(a, b):
    x, y = int(((a == labels) & (b != labels)).sum()), int(((a != labels) & (b == labels)).sum())
    return {"onlyFirst": x, "onlySecond": y, "pValue": st.binomtest(x, x + y, 0.5).pvalue}


def tempered(probabilities, t):
    return softmax(np.log(probabilities.astype(np.float64)) / t)


def best_temperature(some, share):
    """Of the mean of softmax(z / T), by scipy's bounded Brent over ln T."""

    def loss(log_t):
        mixed = np.average([tempered(m, np.exp(log_t)) for m in some], 0, share)
        return -np.log(mixed[np.arange(N), labels]).mean()

    found = scipy.optimize.minimize_scalar(
        loss, bounds=(np.log(0.25), np.log(8)), method="bounded", options={"xatol": 1e-10}
    )
    return float(np.exp(found.x))


# Members that are much too sure, as networks trained to their end are.
sure = [softmax(7 * np.log(m.astype(np.float64))).astype(np.float32) for m in members]
present = sorted(set(labels.tolist()))
counts = np.bincount(labels, minlength=C)
precision, recall, f1, support = sk.precision_recall_fscore_support(labels, pred[0], labels=range(C), zero_division=0)
a, b = [0.91, 0.88, 0.93, 0.90, 0.95], [0.90, 0.88, 0.90, 0.885, 0.93]
d = np.subtract(a, b)
corrected = d.mean() / np.sqrt(d.var(ddof=1) * (1 / 5 + 1 / 4))
wilson = []
for k, n in [(0, 10), (10, 10), (1, 3), (188, 200), (9421, 10000)]:
    ci = st.binomtest(k, n).proportion_ci(0.95, method="wilson")
    wilson.append({"correct": k, "n": n, "low": ci.low, "high": ci.high})
out = {
    "versions": {"numpy": np.__version__, "scipy": scipy.__version__, "sklearn": sklearn.__version__},
    "classes": C,
    "labels": labels.tolist(),
    "members": [[float(x) for x in m.reshape(-1)] for m in members],
    "weights": weights,
    "accuracy": sk.accuracy_score(labels, pred[0]),
    "top2": sk.top_k_accuracy_score(labels, p, k=2, labels=range(C)),
    "logLoss": sk.log_loss(labels, p.astype(np.float64), labels=range(C)),
    "confusion": sk.confusion_matrix(labels, pred[0], labels=range(C)).tolist(),
    "precision": precision.tolist(),
    "recall": recall.tolist(),
    "f1": f1.tolist(),
    "support": support.tolist(),
    "balancedAccuracy": sk.balanced_accuracy_score(labels, pred[0]),
    "macroF1": sk.f1_score(labels, pred[0], average="macro"),
    "macroF1OfPresent": sk.f1_score(labels, pred[0], labels=present, average="macro"),
    "constant": {"label": int(counts.argmax()), "rate": sk.accuracy_score(labels, np.full(N, counts.argmax()))},
    "imbalance": float(counts[present].max() / counts[present].min()),
    "sure": [[float(x) for x in m.reshape(-1)] for m in sure],
    "tempered": tempered(sure[0], 1.7).reshape(-1).tolist(),
    "temperatures": {"one": best_temperature(sure[:1], [1.0]), "mean": best_temperature(sure, weights)},
    "signTest": [
        [wins, losses, st.binomtest(wins, wins + losses, 0.5, alternative="greater").pvalue]
        for wins, losses in ((5, 0), (4, 1), (30, 18), (3, 9), (700, 640))
    ],
    "ece15": ece(p, labels, 15),
    "ece10": ece(p, labels, 10),
    "average": np.mean(np.stack(members).astype(np.float64), 0).reshape(-1).tolist(),
    "weighted": np.average(np.stack(members).astype(np.float64), 0, weights).reshape(-1).tolist(),
    "disagreement01": float((pred[0] != pred[1]).mean()),
    "meanDisagreement": float(np.mean([(pred[i] != pred[j]).mean() for i in range(M) for j in range(i)])),
    "wilson": wilson,
    "mcnemar": mcnemar(pred[0], pred[1]),
    "paired": {
        "a": a,
        "b": b,
        "mean": d.mean(),
        "standardError": st.sem(d),
        "pValue": st.ttest_rel(a, b, alternative="greater").pvalue,
        "corrected": st.t.sf(corrected, 4),
    },
    "studentTail": [[t, k, st.t.sf(t, k)] for t in (-2.0, 0.0, 0.3, 1.7, 6.0) for k in (1, 2, 3, 4, 9, 10)],
}
path = pathlib.Path(__file__).parent.parent / "fixtures" / "metrics.json"
path.write_text(json.dumps(out) + "\n")
