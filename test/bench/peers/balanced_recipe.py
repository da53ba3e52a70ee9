"""The `balanced` recipe in PyTorch and timm: a head by logistic regression on frozen features, then all layer groups from
the configuration's first on, in cosine cycles, by AdamW or SGD; pictures are augmented anew each time or, as the
configuration says, once for a few cached views. A snapshot at the end of each cycle, probabilities averaged. Prints one JSON object.

usage: balanced_recipe.py JOB.json

Job: weights, root, classes, train and test ([path, label] each), inputSize, batchSize, seed, threads, l2 and `config`, a
resolved Anneal configuration.
"""

import json
import math
import sys
import time

import numpy as np
import timm
import torch
import torchvision
from PIL import Image
from safetensors.torch import load_file
from sklearn.linear_model import LogisticRegression
from torch import nn
from torchvision.transforms import InterpolationMode
from torchvision.transforms import functional as F

TRUNK_BATCH = 32


def layer_groups(network):
    """Shallow to deep, as timm's own `group_matcher` has them, but one group a block."""
    blocks = [[block] for stage in network.blocks for block in stage]
    return [[network.conv_stem, network.bn1], *blocks, [network.conv_head, network.bn2, network.global_pool], [network.classifier]]


def freeze_to(config, groups):
    tune = config["tune"]
    if tune["freezeTo"] is not None:
        return tune["freezeTo"]
    return {"head": len(groups) - 1, "upper": len(groups) // 2}.get(tune["regime"], 0)


def decoded(path, side):
    with Image.open(path) as picture:
        resized = F.resize(picture.convert("RGB"), side, InterpolationMode.BICUBIC)
    return F.center_crop(resized, side)


def view_of(square, index, size, augment):
    """View 0 is the centre; the others are drawn once, as torchvision's transforms draw."""
    if index == 0:
        return F.center_crop(square, size)
    scale = (augment["cropMinScale"], 1)
    box = torchvision.transforms.RandomResizedCrop.get_params(square, scale, (3 / 4, 4 / 3))
    view = F.resized_crop(square, *box, [size, size], InterpolationMode.BILINEAR)
    return F.hflip(view) if augment["flip"] and torch.rand(()) < 0.5 else view


def coloured(view, augment):
    """Factors drawn from 1 - strength to 1 + strength, as torchvision's ColorJitter has them."""
    for name, change in (("brightness", F.adjust_brightness), ("contrast", F.adjust_contrast), ("saturation", F.adjust_saturation)):
        if augment[name] > 0:
            view = change(view, 1 + augment[name] * (2 * torch.rand(()).item() - 1))
    return view


def normalised(views):
    return (torch.stack([F.pil_to_tensor(view) for view in views]).float() / 255 - 0.5) / 0.5


@torch.inference_mode()
def run_through(modules, inputs):
    network = nn.Sequential(*modules)
    return torch.cat([network(part) for part in inputs.split(TRUNK_BATCH)])


@torch.inference_mode()
def trunk_outputs(modules, squares, index, size, augment):
    network = nn.Sequential(*modules)
    parts = []
    for start in range(0, len(squares), TRUNK_BATCH):
        views = [view_of(square, index, size, augment) for square in squares[start : start + TRUNK_BATCH]]
        parts.append(network(normalised(views)))
    return torch.cat(parts).clone()


def optimizer_of(groups, first, config):
    """Layer decay by group; no weight decay on biases and norms. Batch norm learns its scale and shift, its statistics stay."""
    settings, decay = config["optimizer"], config["tune"]["layerDecay"]
    parameters = []
    for index in range(first, len(groups)):
        scale = decay ** (len(groups) - 1 - index)
        for module in groups[index]:
            for parameter in module.parameters():
                weight_decay = settings["weightDecay"] if parameter.ndim > 1 else 0
                parameters.append({"params": [parameter], "scale": scale, "weight_decay": weight_decay})
    if settings["name"] == "adamw":
        return torch.optim.AdamW(parameters, lr=1, betas=(settings["beta1"], settings["beta2"]), eps=settings["epsilon"])
    return torch.optim.SGD(parameters, lr=1, momentum=settings["momentum"], nesterov=settings["name"] == "nesterov")


def rate_at(step, cycle_steps, schedule):
    """SGDR: at the peak on a cycle's first step, at the floor on its last."""
    position = (step % cycle_steps) / max(1, cycle_steps - 1)
    floor, peak = schedule["minLearningRate"], schedule["maxLearningRate"]
    return floor + (peak - floor) * (1 + math.cos(math.pi * position)) / 2


def accuracy(probabilities, labels):
    return float(np.mean(probabilities.argmax(1) == labels))


def main():
    with open(sys.argv[1], encoding="utf-8") as file:
        job = json.load(file)
    config = job["config"]
    started = time.perf_counter()
    torch.manual_seed(job["seed"])
    torch.set_num_threads(job["threads"])
    network = timm.create_model("tf_efficientnet_lite0", pretrained=False)
    network.load_state_dict(load_file(job["weights"]))
    network.reset_classifier(len(job["classes"]))
    network.eval().to(memory_format=torch.channels_last)  # batch norm stays in inference mode throughout
    groups = layer_groups(network)
    first = freeze_to(config, groups)
    frozen = [module for group in groups[:first] for module in group]
    upper = [module for group in groups[first:] for module in group]

    size = job["inputSize"]
    side = max(size, round(size / 0.875))
    squares = {part: [decoded(f"{job['root']}/{path}", side) for path, _ in job[part]] for part in ("train", "test")}
    labels = {part: np.array([label for _, label in job[part]]) for part in ("train", "test")}
    augment = config["augment"]
    online = augment["mode"] == "online"
    count = augment["views"] if augment["mode"] == "cachedViews" else 1
    views = [trunk_outputs(frozen, squares["train"], index, size, augment) for index in range(count)]
    test = trunk_outputs(frozen, squares["test"], 0, size, augment)

    @torch.no_grad()
    def drawn_anew(batch):
        images = normalised([coloured(view_of(squares["train"][row], 1, size, augment), augment) for row in batch])
        return nn.Sequential(*frozen)(images.to(memory_format=torch.channels_last))

    features = run_through(upper[:-1], views[0]).numpy()
    n = len(features)
    head = LogisticRegression(C=1 / (n * job["l2"]), max_iter=2000, tol=1e-6).fit(features, labels["train"])
    weight, bias = head.coef_, head.intercept_
    if len(job["classes"]) == 2:  # scikit-learn keeps one row for two classes; half of it on either side is the same softmax
        weight, bias = np.concatenate([-weight, weight]) / 2, np.concatenate([-bias, bias]) / 2
    with torch.no_grad():
        network.classifier.weight.copy_(torch.from_numpy(weight))
        network.classifier.bias.copy_(torch.from_numpy(bias))
    judge = lambda: torch.softmax(run_through(upper, test), 1).numpy()
    head_accuracy = accuracy(judge(), labels["test"])

    schedule = config["schedule"]
    batch_size = min(job["batchSize"], n)
    cycle_steps = schedule["cycleEpochs"] * math.ceil(n / batch_size)
    optimizer = optimizer_of(groups, first, config)
    criterion = nn.CrossEntropyLoss(label_smoothing=config["loss"]["labelSmoothing"])
    targets = torch.from_numpy(labels["train"])
    trained = nn.Sequential(*upper)
    step, snapshots, losses = 0, [], []
    for epoch in range(schedule["cycleEpochs"] * schedule["numCycles"]):
        view = views[epoch % len(views)]
        total = 0.0
        for batch in torch.randperm(n).split(batch_size):
            for group in optimizer.param_groups:
                group["lr"] = rate_at(step, cycle_steps, schedule) * group["scale"]
            inputs = drawn_anew(batch.tolist()) if online else view[batch]
            loss = criterion(trained(inputs), targets[batch])
            optimizer.zero_grad(set_to_none=True)
            loss.backward()
            if config["optimizer"]["clipNorm"] > 0:
                nn.utils.clip_grad_norm_(trained.parameters(), config["optimizer"]["clipNorm"])
            optimizer.step()
            total += loss.item() * len(batch)
            step += 1
        losses.append(total / n)
        if step % cycle_steps == 0:
            snapshots.append(judge())
    mean = np.mean(snapshots, axis=0)
    json.dump(
        {
            "accuracy": accuracy(mean, labels["test"]),
            "correct": int(np.sum(mean.argmax(1) == labels["test"])),
            "n": len(mean),
            "head": head_accuracy,
            "snapshots": [accuracy(own, labels["test"]) for own in snapshots],
            "losses": losses,
            "seconds": time.perf_counter() - started,
            "torch": torch.__version__,
            "timm": timm.__version__,
        },
        sys.stdout,
    )


if __name__ == "__main__":
    main()
