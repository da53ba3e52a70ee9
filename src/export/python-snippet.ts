import { decodeTarget } from '../data/decode-picture.ts';
import type { EnsembleModel } from '../ensemble/ensemble-model.ts';

/** Where PyTorch users find the architectures; the CIFAR ResNets are in neither library. */
function builder(architecture: string, classes: number): { imports: string; call: string; note: string | null } {
  if (architecture.startsWith('tf_efficientnet')) {
    return { imports: 'import timm', call: `timm.create_model("${architecture}", num_classes=${classes})`, note: null };
  }
  if (/^(mobilenet_v2|resnet18|resnet34|resnet50)$/.test(architecture)) {
    return {
      imports: 'from torchvision import models',
      call: `models.${architecture}(num_classes=${classes})`,
      note: null,
    };
  }
  return {
    imports: `from my_networks import ${architecture}`,
    call: `${architecture}(num_classes=${classes})`,
    note: `\`${architecture}\` stands for your own module with the names in the safetensors files: neither timm nor torchvision has this network with this head.`,
  };
}

/**
 * A Python program that gives the averaged probabilities of one picture, from the bundle alone. It states the resize definition
 * once more in Pillow's words, so a test runs it against our own answer.
 */
export function pythonSnippet(
  model: EnsembleModel,
  fileName: string,
): { readonly code: string; readonly note: string | null } {
  const { preprocessing, spec } = model;
  const { side } = decodeTarget(preprocessing);
  const { imports, call, note } = builder(spec.architecture, spec.classes);
  const filter = preprocessing.interpolation.toUpperCase();
  const code = `import json, sys, zipfile
import numpy as np, torch
${imports}
from PIL import Image, ImageOps
from safetensors.torch import load

SIDE, SIZE = ${side}, ${preprocessing.inputSize}

def read(path):
    picture = ImageOps.exif_transpose(Image.open(path)).convert("RGB")  # transparent pictures: lay them on white first
    short = min(picture.size)
    width, height = (SIDE if n == short else SIDE * n // short for n in picture.size)
    picture = picture.resize((width, height), Image.Resampling.${filter})
    inner = round((SIDE - SIZE) / 2)
    left, top = round((width - SIDE) / 2) + inner, round((height - SIDE) / 2) + inner
    pixels = np.asarray(picture.crop((left, top, left + SIZE, top + SIZE)), np.float32) / 255
    return torch.tensor((pixels - ${pyTuple(preprocessing.mean)}) / ${pyTuple(preprocessing.std)}).float().permute(2, 0, 1)[None]

bundle = zipfile.ZipFile(sys.argv[2] if len(sys.argv) > 2 else ${JSON.stringify(fileName)})
model = json.loads(bundle.read("manifest.json"))["model"]
trunk = load(bundle.read(model["trunk"]["file"])) if model["trunk"] else {}
x = read(sys.argv[1] if len(sys.argv) > 1 else "photo.jpg")
total = 0
with torch.no_grad():
    for member in model["members"]:
        net = ${call}
        net.load_state_dict({**trunk, **load(bundle.read(member["file"]))}, strict=True)
        total = total + member["weight"] * net.eval()(x).softmax(1)[0]
for label, p in zip(model["labels"], (total / total.sum()).tolist()):
    print(f"{p:.6f} {label}")`;
  return { code, note };
}

const pyTuple = (values: readonly number[]): string => `np.array([${values.join(', ')}], np.float32)`;
