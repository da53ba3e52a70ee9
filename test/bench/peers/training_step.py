"""Training steps in PyTorch: SGD with momentum and weight decay on kernels and matrices, batch norm with running averages.

usage: training_step.py write ARCHITECTURE FILE --batch N --size N
         first weights (seeded) and one batch into a safetensors file
       training_step.py time ARCHITECTURE FILE --layout nchw|nhwc --threads N --steps N
         five steps whose losses are printed, then N timed ones; prints one JSON object
"""

import argparse
import json
import statistics
import sys
import time
from pathlib import Path

import timm
import torch
import torch.nn.functional as F
import torchvision
from safetensors.torch import load_file, save_file

sys.path.insert(0, str(Path(__file__).parents[2] / "oracles"))
from cifar_resnet import CifarResNet  # noqa: E402

RATE, MOMENTUM, DECAY, WARM_UP = 1e-4, 0.9, 1e-4, 5


def build(architecture):
    if architecture == "resnet20":
        return CifarResNet(blocks=3, classes=10)
    if architecture == "mobilenet_v2":
        return torchvision.models.mobilenet_v2(dropout=0.0)
    return timm.create_model(architecture)


def write(options):
    torch.manual_seed(1)
    model = build(options.architecture)
    state = {name: tensor.clone() for name, tensor in model.state_dict().items() if tensor.dtype == torch.float32}
    images = torch.randn(options.batch, options.size, options.size, 3)
    labels = torch.arange(options.batch, dtype=torch.int32) % 10
    save_file({**{f"model/{name}": tensor for name, tensor in state.items()}, "images": images, "labels": labels}, options.file)
    return {}


def measure(options):
    torch.set_num_threads(options.threads)
    tensors = load_file(options.file)
    model = build(options.architecture)
    state = {name[6:]: tensor for name, tensor in tensors.items() if name.startswith("model/")}
    model.load_state_dict({**model.state_dict(), **state})
    images = tensors["images"].permute(0, 3, 1, 2)
    layout = torch.channels_last if options.layout == "nhwc" else torch.contiguous_format
    model, images = model.to(memory_format=layout), images.contiguous(memory_format=layout)
    labels = tensors["labels"].long()
    kernels = [p for p in model.parameters() if p.dim() > 1]
    others = [p for p in model.parameters() if p.dim() <= 1]
    groups = [{"params": kernels, "weight_decay": DECAY}, {"params": others, "weight_decay": 0.0}]
    optimizer = torch.optim.SGD(groups, lr=RATE, momentum=MOMENTUM)
    model.train()

    def step():
        optimizer.zero_grad()
        loss = F.cross_entropy(model(images), labels)
        loss.backward()
        optimizer.step()
        return loss.item()

    losses = [step() for _ in range(WARM_UP)]
    seconds = []
    processor = time.process_time()
    for _ in range(options.steps):
        start = time.perf_counter()
        step()
        seconds.append(time.perf_counter() - start)
    processor = (time.process_time() - processor) / options.steps
    return {"losses": losses, "seconds": statistics.median(seconds), "processorSeconds": processor}


parser = argparse.ArgumentParser()
parser.add_argument("task", choices=["write", "time"])
parser.add_argument("architecture")
parser.add_argument("file")
parser.add_argument("--batch", type=int)
parser.add_argument("--size", type=int)
parser.add_argument("--layout", choices=["nchw", "nhwc"])
parser.add_argument("--threads", type=int)
parser.add_argument("--steps", type=int)
arguments = parser.parse_args()
print(json.dumps(write(arguments) if arguments.task == "write" else measure(arguments)))
