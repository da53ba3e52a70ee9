"""Features of one batch by a frozen timm network in PyTorch, again and again.

usage: features.py write FILE --batch N --size N
       features.py time ARCHITECTURE WEIGHTS FILE --layout nchw|nhwc --threads N --batches N
Prints one JSON object with the first row's features.
"""

import argparse
import json
import statistics
import time

import timm
import torch
from safetensors.torch import load_file, save_file

WARM_UP = 3


def write(options):
    torch.manual_seed(1)
    save_file({"images": torch.randn(options.batch, options.size, options.size, 3)}, options.file)
    return {}


def measure(options):
    torch.set_num_threads(options.threads)
    model = timm.create_model(options.architecture)
    model.load_state_dict({**model.state_dict(), **load_file(options.weights)})
    images = load_file(options.file)["images"].permute(0, 3, 1, 2)
    layout = torch.channels_last if options.layout == "nhwc" else torch.contiguous_format
    model, images = model.eval().to(memory_format=layout), images.contiguous(memory_format=layout)

    def features():
        return model.forward_head(model.forward_features(images), pre_logits=True)

    with torch.inference_mode():
        for _ in range(WARM_UP):
            first = features()[0].tolist()
        seconds = []
        processor = time.process_time()
        for _ in range(options.batches):
            start = time.perf_counter()
            features()
            seconds.append(time.perf_counter() - start)
        processor = (time.process_time() - processor) / options.batches
    return {"features": first, "seconds": statistics.median(seconds), "processorSeconds": processor}


parser = argparse.ArgumentParser()
tasks = parser.add_subparsers(dest="task", required=True)
writer = tasks.add_parser("write")
writer.add_argument("file")
writer.add_argument("--batch", type=int)
writer.add_argument("--size", type=int)
timer = tasks.add_parser("time")
timer.add_argument("architecture")
timer.add_argument("weights")
timer.add_argument("file")
timer.add_argument("--layout", choices=["nchw", "nhwc"])
timer.add_argument("--threads", type=int)
timer.add_argument("--batches", type=int)
arguments = parser.parse_args()
print(json.dumps(write(arguments) if arguments.task == "write" else measure(arguments)))
