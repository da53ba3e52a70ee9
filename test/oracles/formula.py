"""The numbers of test/support/formula-weights.ts, bit for bit."""
import numpy as np


def name_hash(name):
    h = 0x811C9DC5
    for c in name.encode():
        h = ((h ^ c) * 0x01000193) & 0xFFFFFFFF
    return h


def formula(name, length):
    with np.errstate(over="ignore"):
        h = np.uint32(name_hash(name)) + np.arange(1, length + 1, dtype=np.uint32) * np.uint32(0x9E3779B1)
        h = (h ^ (h >> np.uint32(16))) * np.uint32(0x85EBCA6B)
        h = (h ^ (h >> np.uint32(13))) * np.uint32(0xC2B2AE35)
        h = h ^ (h >> np.uint32(16))
    return h.astype(np.float64) / 2147483648 - 1


def formula_parameter(name, shape, is_norm):
    u = formula(name, int(np.prod(shape)))
    if name.endswith("running_var"):
        values = 1 + 0.4 * u
    elif len(shape) >= 2:
        values = u * np.sqrt(6 / np.prod(shape[1:]))
    elif is_norm and name.endswith(".weight"):
        values = 0.8 + 0.2 * u
    else:
        values = 0.1 * u
    return values.astype(np.float32).reshape(shape)


def formula_images(batch, size, name):
    """[batch, size, size, 3]."""
    return (1.7 * formula(name, batch * size * size * 3)).astype(np.float32).reshape(batch, size, size, 3)
