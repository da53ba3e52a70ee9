"""What an exported bundle answers, by NumPy alone: the zip, safetensors and the network's description are read here, and every op is
written out in double precision. Shares nothing with Anneal's code.

  python bundle_numpy.py BUNDLE PIXELS COUNT

PIXELS: uint8 [COUNT, size, size, 3], RGB, as the network sees them. Prints [[probability, ...], ...]. Written for NumPy 1.26 to 2.4.
"""
import json
import sys
import zipfile

import numpy as np
from numpy.lib.stride_tricks import sliding_window_view

DTYPES = {"F64": np.float64, "F32": np.float32, "F16": np.float16}


def safetensors(data):
    length = int.from_bytes(data[:8], "little")
    header = json.loads(data[8 : 8 + length])
    tensors = {}
    for name, entry in header.items():
        if name == "__metadata__" or entry["dtype"] not in DTYPES:
            continue
        start, end = (8 + length + offset for offset in entry["data_offsets"])
        values = np.frombuffer(data[start:end], np.dtype(DTYPES[entry["dtype"]]).newbyteorder("<"))
        tensors[name] = values.reshape(entry["shape"]).astype(np.float64)
    return tensors


def pair(value):
    return tuple(value) if isinstance(value, list) else (value, value)


def padded(x, node, dilation, fill):
    """x [B, C, H, W] with the margins of torch (a number of pixels) or of TensorFlow's SAME."""
    if node["padding"] != "same":
        height, width = pair(node["padding"])
        return np.pad(x, ((0, 0), (0, 0), (height, height), (width, width)), constant_values=fill)
    margins = []
    for size, kernel, stride, d in zip(x.shape[2:], pair(node["kernelSize"]), pair(node["stride"]), dilation):
        total = max((-(-size // stride) - 1) * stride + (kernel - 1) * d + 1 - size, 0)
        margins.append((total // 2, total - total // 2))
    return np.pad(x, ((0, 0), (0, 0), *margins), constant_values=fill)


def windows(x, node, dilation=(1, 1)):
    """[B, C, rows, columns, kernel height, kernel width]."""
    (kh, kw), (sh, sw), (dh, dw) = pair(node["kernelSize"]), pair(node["stride"]), dilation
    view = sliding_window_view(x, ((kh - 1) * dh + 1, (kw - 1) * dw + 1), axis=(2, 3))
    return view[:, :, ::sh, ::sw, ::dh, ::dw]


def conv2d(node, x, weights):
    weight = weights[node["weight"]]
    dilation = pair(node["dilation"])
    view = windows(padded(x, node, dilation, 0.0), node, dilation)
    groups = node["groups"]
    parts = zip(np.split(view, groups, axis=1), np.split(weight, groups, axis=0))
    y = np.concatenate([np.tensordot(v, w, axes=((1, 4, 5), (1, 2, 3))) for v, w in parts], axis=-1)
    y = y.transpose(0, 3, 1, 2)
    return y if node["bias"] is None else y + weights[node["bias"]][:, None, None]


def batch_norm(node, x, weights):
    scale, shift, mean, variance = (
        weights[node[key]][:, None, None] for key in ("scale", "shift", "runningMean", "runningVariance")
    )
    return (x - mean) / np.sqrt(variance + node["epsilon"]) * scale + shift


def max_pool(node, x, _weights):
    (kh, kw), (sh, sw) = pair(node["kernelSize"]), pair(node["stride"])
    x = padded(x, node, (1, 1), -np.inf)
    if node["ceilMode"]:
        over = [-(size - k) % s for size, k, s in zip(x.shape[2:], (kh, kw), (sh, sw))]
        x = np.pad(x, ((0, 0), (0, 0), (0, over[0]), (0, over[1])), constant_values=-np.inf)
    return windows(x, node).max(axis=(4, 5))


def linear(node, x, weights):
    y = x @ weights[node["weight"]].T
    return y if node["bias"] is None else y + weights[node["bias"]]


def global_average_pool(node, x, _weights):
    return x.mean(axis=(2, 3), keepdims=node["keepSides"])


def pad_shortcut(node, x, _weights):
    x = x[:, :, :: node["stride"], :: node["stride"]]
    return np.pad(x, ((0, 0), (node["channelsBefore"], node["channelsAfter"]), (0, 0), (0, 0)))


OPS = {
    "conv2d": conv2d,
    "batchNorm": batch_norm,
    "maxPool": max_pool,
    "linear": linear,
    "globalAveragePool": global_average_pool,
    "padShortcut": pad_shortcut,
    "relu": lambda _node, x, _weights: np.maximum(x, 0),
    "relu6": lambda _node, x, _weights: np.clip(x, 0, 6),
    "sigmoid": lambda _node, x, _weights: 1 / (1 + np.exp(-x)),
    "hardSwish": lambda _node, x, _weights: x * np.clip(x + 3, 0, 6) / 6,
    "dropout": lambda _node, x, _weights: x,
    "flatten": lambda _node, x, _weights: x.reshape(len(x), -1),
}


def logits(spec, weights, images):
    outputs = {}
    for node in spec["nodes"]:
        given = [outputs[name] for name in node["inputs"]]
        op = node["op"]
        if op == "input":
            y = images
        elif op == "add":
            y = sum(given)
        elif op == "concat":
            y = np.concatenate(given, axis=1)
        elif op in OPS:
            y = OPS[op](node, given[0], weights)
        else:
            raise SystemExit(f"this oracle has no {op} (node {node['name']})")
        outputs[node["name"]] = y
    return outputs[spec["head"]]


def main():
    bundle = zipfile.ZipFile(sys.argv[1])
    model = json.loads(bundle.read("manifest.json"))["model"]
    prep, count = model["preprocessing"], int(sys.argv[3])
    pixels = np.fromfile(sys.argv[2], np.uint8).reshape(count, prep["inputSize"], prep["inputSize"], 3)
    images = ((pixels / 255.0 - prep["mean"]) / prep["std"]).transpose(0, 3, 1, 2)
    trunk = safetensors(bundle.read(model["trunk"]["file"])) if model["trunk"] else {}
    total = np.zeros((count, len(model["labels"])))
    for member in model["members"]:
        weights = {**trunk, **safetensors(bundle.read(member["file"]))}
        scores = logits(member.get("spec", model["spec"]), weights, images) / model.get("temperature", 1)
        powers = np.exp(scores - scores.max(axis=1, keepdims=True))
        total += member["weight"] * powers / powers.sum(axis=1, keepdims=True)
    print(json.dumps((total / total.sum(axis=1, keepdims=True)).tolist()))


main()
