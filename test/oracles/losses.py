"""CrossEntropyLoss(weight, label_smoothing) of torch: value and gradient in float64. Writes test/fixtures/losses.json.

`perExample` 0 marks padding. With it the loss is sum_i p_i l_i / sum_i p_i w[y_i], where l_i is torch's loss of example
i with reduction 'none': torch's own mean over the examples that count.
"""
import json
import pathlib

import torch

torch.manual_seed(3)
B, C = 6, 4
W = [0.5, 2.0, 1.0, 0.25]


def case(title, weight, smoothing, real, scale=2.0):
    logits = (torch.randn(B, C) * scale).double().requires_grad_()  # exact in float32
    labels = torch.randint(0, C, (B,))
    w = None if weight is None else torch.tensor(weight, dtype=torch.float64)
    loss = torch.nn.CrossEntropyLoss(weight=w, label_smoothing=smoothing)(logits[:real], labels[:real])
    loss.backward()
    return {
        "title": title,
        "logits": logits.detach().reshape(-1).tolist(),
        "labels": labels.tolist(),
        "classWeights": weight,
        "labelSmoothing": smoothing,
        "perExample": [1] * real + [0] * (B - real),
        "loss": loss.item(),
        "gradient": logits.grad.reshape(-1).tolist(),
    }


out = {
    "versions": {"torch": torch.__version__},
    "batch": B,
    "classes": C,
    "cases": [
        case("plain", None, 0.0, B),
        case("label smoothing", None, 0.1, B),
        case("class weights", W, 0.0, B),
        case("class weights and label smoothing", W, 0.1, B),
        case("a class of weight zero", [0.0, 2.0, 1.0, 0.25], 0.2, B),
        case("padding", None, 0.0, 4),
        case("padding with class weights and label smoothing", W, 0.1, 4),
        case("a single picture", W, 0.3, 1),
        case("large logits", W, 0.1, B, scale=60.0),
    ],
}
path = pathlib.Path(__file__).parent.parent / "fixtures" / "losses.json"
path.write_text(json.dumps(out, indent=1) + "\n")
