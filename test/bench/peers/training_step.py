"""Training steps in PyTorch: SGD with momentum and weight decay on kernels and matrices, batch norm with running averages.

usage: training_step.py write ARCHITECTURE FILE --batch N --size N
         first weights (seeded) and one batch into a safetensors file
       training_step.py time ARCHITECTURE FILE --layout nchw|nhwc --threads N --steps N
         five steps whose losses are printed, then N timed ones; prints one JSON object
"""

import argparse
import json
import statistics
import time

import timm
import torch
import torch.nn.functional as F
import torchvision
from safetensors.torch import load_file, save_file
from torch import nn

RATE, MOMENTUM, DECAY, WARM_UP = 1e-4, 0.9, 1e-4, 5


class Block(nn.Module):
    """Residual block with He 2016's option A shortcut."""

    def __init__(self, inputs, planes, stride):
        super().__init__()
        self.conv1 = nn.Conv2d(inputs, planes, 3, stride, 1, bias=False)
        self.bn1 = nn.BatchNorm2d(planes)
        self.conv2 = nn.Conv2d(planes, planes, 3, 1, 1, bias=False)
        self.bn2 = nn.BatchNorm2d(planes)
        self.stride, self.missing = stride, planes - inputs

    def forward(self, x):
        y = self.bn2(self.conv2(F.relu(self.bn1(self.conv1(x)))))
        if self.missing:
            side = self.missing // 2
            x = F.pad(x[:, :, :: self.stride, :: self.stride], (0, 0, 0, 0, side, self.missing - side))
        return F.relu(y + x)


class ResNet20(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv1 = nn.Conv2d(3, 16, 3, 1, 1, bias=False)
        self.bn1 = nn.BatchNorm2d(16)
        inputs = 16
        for stage, planes in enumerate((16, 32, 64), 1):
            blocks = []
            for index in range(3):
                blocks.append(Block(inputs, planes, 2 if stage > 1 and index == 0 else 1))
                inputs = planes
            setattr(self, f"layer{stage}", nn.Sequential(*blocks))
        self.linear = nn.Linear(64, 10)

    def forward(self, x):
        x = self.layer3(self.layer2(self.layer1(F.relu(self.bn1(self.conv1(x))))))
        return self.linear(x.mean((2, 3)))


def build(architecture):
    if architecture == "resnet20":
        return ResNet20()
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
