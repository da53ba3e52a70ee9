"""Writes test/fixtures/weights: safetensors and torch files as the reference libraries write them, and hostile pickles.

    python test/oracles/weights.py

Every tensor is filled by a formula, so that the tests know its values without this script's output:
value(i) = (i * 37 % 101 - 50) / 8 for floats, i * 37 % 101 - 50 for signed integers, i * 37 % 101 for unsigned ones, i in C order.
"""

import collections
import io
import json
import os
import pickle
import struct
import zipfile
from pathlib import Path

import numpy
import safetensors
import safetensors.torch
import torch

OUT = Path(__file__).resolve().parents[1] / "fixtures" / "weights"


def filled(shape, dtype):
    count = int(numpy.prod(shape, dtype=numpy.int64))
    step = torch.arange(count, dtype=torch.int64) * 37 % 101
    if dtype == torch.bool:
        return (step % 2 == 1).reshape(shape)
    if dtype in (torch.uint8, torch.uint16, torch.uint32, torch.uint64):
        return step.to(dtype).reshape(shape)
    if dtype.is_floating_point:
        return ((step - 50).double() / 8).to(dtype).reshape(shape)
    return (step - 50).to(dtype).reshape(shape)


TORCH_DTYPES = [torch.float32, torch.float64, torch.float16, torch.bfloat16, torch.int64, torch.int32, torch.int16, torch.int8, torch.uint8, torch.bool]
MORE_DTYPES = [torch.uint16, torch.uint32, torch.uint64]


def plain(dtypes):
    """A tensor a dtype, a scalar, an empty one, and names that a writer must order and escape."""
    state = collections.OrderedDict()
    for dtype in dtypes:
        state[f"layer.{str(dtype).removeprefix('torch.')}"] = filled((3, 5), dtype)
    state["scalar"] = filled((), torch.float32)
    state["empty"] = filled((0, 4), torch.float32)
    state['odd "name"\n\u00e9\U0001f600'] = filled((2,), torch.float32)
    state["odd \uffee"] = filled((2,), torch.float32)
    return state


def views():
    """Views of one storage: transposed, offset, strided, expanded to the same size, shared."""
    base = filled((6, 8), torch.float32)
    return collections.OrderedDict(
        base=base,
        transposed=base.t(),
        row=base[2],
        column=base[:, 3],
        strided=base[1::2, ::3],
        permuted=filled((2, 3, 4), torch.float16).permute(2, 0, 1),
        channels_last=filled((2, 3, 4, 5), torch.float32).contiguous(memory_format=torch.channels_last),
    )


class Call:
    """Pickles as a call of any function: what a hostile checkpoint does."""

    def __init__(self, function, *args):
        self.function, self.args = function, args

    def __reduce__(self):
        return self.function, self.args


def hostile(payload):
    """A torch zip file whose pickle is `payload`."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr(zipfile.ZipInfo("archive/data.pkl"), payload)
        archive.writestr(zipfile.ZipInfo("archive/version"), "3\n")
    return buffer.getvalue()


def write(name, data):
    (OUT / name).write_bytes(data)


def main():
    OUT.mkdir(parents=True, exist_ok=True)
    safetensors.torch.save_file(plain(TORCH_DTYPES + MORE_DTYPES), OUT / "plain.safetensors", metadata={"format": "pt"})
    safetensors.torch.save_file({}, OUT / "nothing.safetensors")

    for kind, zipped in (("zip", True), ("legacy", False)):
        save = lambda value, name: torch.save(value, OUT / f"{name}.{kind}.pth", _use_new_zipfile_serialization=zipped)
        save(plain(TORCH_DTYPES), "plain")
        save(views(), "views")
        parallel = {f"module.{name}": tensor for name, tensor in views().items()}
        optimizer = {"state": {0: {"momentum_buffer": filled((4, 4), torch.float64)}}, "param_groups": [{"lr": 0.1, "params": [0]}]}
        save({"epoch": 7, "best": 0.5, "optimizer": optimizer, "state_dict": parallel}, "checkpoint")

    module = torch.nn.Linear(3, 2)
    with torch.no_grad():
        module.weight.copy_(filled((2, 3), torch.float32))
        module.bias.copy_(filled((2,), torch.float32))
    torch.save(module.state_dict(), OUT / "module.zip.pth")  # an OrderedDict with `_metadata`
    torch.save(dict(module.named_parameters()), OUT / "parameters.zip.pth")  # _rebuild_parameter
    torch.save(dict(module.named_parameters()), OUT / "protocol4.zip.pth", pickle_protocol=4)

    write("hostile-system.pth", hostile(pickle.dumps({"weight": Call(os.system, "echo owned")}, protocol=2)))
    write("hostile-eval.pth", hostile(pickle.dumps({"weight": Call(eval, "1+1")}, protocol=4)))
    write("hostile-getattr.pth", hostile(pickle.dumps({"weight": Call(getattr, "x", "upper")}, protocol=2)))
    write("hostile-namespace.pth", hostile(b"\x80\x02cargparse\nNamespace\n)\x81."))
    write("hostile-newobj.pth", hostile(b"\x80\x02ccollections\nOrderedDict\n)\x81."))
    write("hostile-inst.pth", hostile(b"(S'echo owned'\nios\nsystem\n."))
    write("hostile-ext.pth", hostile(b"\x80\x02\x82\x01."))
    write("hostile-legacy.pth", pickle.dumps(0x1950A86A20F9469CFC6C, 2) + pickle.dumps(1001, 2) + pickle.dumps({"little_endian": True}, 2) + pickle.dumps(Call(os.system, "echo owned"), 2))

    storage = b"((X\x07\x00\x00\x00storagectorch\nFloatStorage\nX\x01\x00\x00\x000X\x03\x00\x00\x00cpu" + b"J" + struct.pack("<i", 4) + b"tQ"
    def view(shape, stride):
        sizes = b"".join(b"J" + struct.pack("<i", n) for n in shape)
        steps = b"".join(b"J" + struct.pack("<i", n) for n in stride)
        return b"\x80\x02}X\x01\x00\x00\x00w" + b"ctorch._utils\n_rebuild_tensor_v2\n" + storage + b"K\x00(" + sizes + b"t(" + steps + b"t\x89NtRs."
    write("hostile-expanded.pth", hostile(view([2**31 - 1, 2**31 - 1], [0, 0])))
    write("hostile-beyond.pth", hostile(view([2, 3], [3, 1])))
    write("hostile-missing-storage.pth", hostile(view([2, 2], [2, 1])))

    bomb = io.BytesIO()
    with zipfile.ZipFile(bomb, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(zipfile.ZipInfo("archive/data.pkl"), b"\x00" * 20_000_000, zipfile.ZIP_DEFLATED)
    write("hostile-bomb.pth", bomb.getvalue())

    for path in OUT.iterdir():
        path.chmod(0o644)  # safetensors writes for the owner alone
    versions = {"torch": torch.__version__, "safetensors": safetensors.__version__, "numpy": numpy.__version__}
    (OUT / "versions.json").write_text(json.dumps(versions, indent=2) + "\n")


if __name__ == "__main__":
    main()
