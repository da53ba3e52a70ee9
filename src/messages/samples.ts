import type { ExportFormat } from '../protocol/lane-job.ts';

/** Programs that use an exported model, with the user's own labels and file names in them. All pure; program text is English. */
export interface SampleModel {
  /** Class names in the order of the outputs. */
  readonly labels: readonly string[];
  /** Name of the exported file or folder, without its place. */
  readonly file: string;
  /** torchvision's or timm's name of the network; null where it is not known. */
  readonly architecture: string | null;
  /** SavedModel: takes pictures of any size. */
  readonly anySize: boolean;
}

export interface Sample {
  readonly value: 'terminal' | 'node' | 'python';
  readonly label: string;
  readonly code: string;
}

export function samplesOf(format: ExportFormat, model: SampleModel): readonly Sample[] {
  return format === 'bundle'
    ? [
        { value: 'terminal', label: 'Terminal', code: bundleTerminal(model) },
        { value: 'node', label: 'Node', code: bundleNode(model) },
        { value: 'python', label: 'PyTorch', code: bundlePython(model) },
      ]
    : [
        { value: 'python', label: 'Python', code: savedModelPython(model) },
        { value: 'terminal', label: 'Terminal', code: savedModelTerminal(model) },
      ];
}

/** A list literal that Python and JavaScript both read, broken into lines of a readable length. */
function list(labels: readonly string[]): string {
  const items = labels.map((label) => JSON.stringify(label));
  const whole = `[${items.join(', ')}]`;
  if (whole.length <= 96) return whole;
  const lines: string[] = [];
  let line = '';
  for (const item of items) {
    if (line !== '' && line.length + item.length > 92) {
      lines.push(line);
      line = '';
    }
    line += `${line === '' ? '  ' : ' '}${item},`;
  }
  return `[\n${[...lines, line].join('\n')}\n]`;
}

const shell = (text: string): string => (/^[\w./-]+$/.test(text) ? text : `'${text.replaceAll("'", `'\\''`)}'`);

function bundleTerminal({ file, labels }: SampleModel): string {
  return `# In the folder of Anneal. One line a picture; the file of answers has a column for each class:
# ${labels.slice(0, 12).join(', ')}${labels.length > 12 ? ', …' : ''}
npm run -s anneal -- predict ${shell(file)} photo.jpg --csv answers.csv`;
}

function bundleNode({ file, labels }: SampleModel): string {
  return `// In the folder of Anneal: node sample.mjs photo.jpg
import { execFileSync } from 'node:child_process';

const labels = ${list(labels)};
const command = ['run', '-s', 'anneal', '--', 'predict', ${JSON.stringify(file)}, process.argv[2] ?? 'photo.jpg', '--json'];

for (const line of execFileSync('npm', command, { encoding: 'utf8' }).trim().split('\\n')) {
  const told = JSON.parse(line);
  if (told.type !== 'prediction') continue;
  told.probabilities.forEach((probability, i) => console.log(probability.toFixed(6), labels[i]));
}`;
}

/** Where PyTorch users find the networks; the small ones for CIFAR are in neither library. */
function networkOf(architecture: string | null): { readonly imports: string; readonly call: string } {
  const name = architecture ?? 'my_network';
  if (name.startsWith('tf_efficientnet')) {
    return { imports: 'import timm', call: `timm.create_model("${name}", num_classes=len(labels))` };
  }
  if (/^(mobilenet_v2|resnet18|resnet34|resnet50)$/.test(name)) {
    return { imports: 'from torchvision import models', call: `models.${name}(num_classes=len(labels))` };
  }
  return {
    imports: `from my_networks import ${name}  # your own module, with the names in the safetensors files`,
    call: `${name}(num_classes=len(labels))`,
  };
}

/** How a picture becomes the square that the network sees; \`p\` is the preprocessing that stands beside the model. */
const readPicture = `def read(path, p):
    picture = ImageOps.exif_transpose(Image.open(path)).convert("RGB")  # transparent pictures: lay them on white first
    size, short = p["inputSize"], min(picture.size)
    side = max(size, int(size / p["cropFraction"] + 0.5))
    width, height = (side if n == short else side * n // short for n in picture.size)
    picture = picture.resize((width, height), Image.Resampling[p["interpolation"].upper()])
    inner = round((side - size) / 2)
    left, top = round((width - side) / 2) + inner, round((height - side) / 2) + inner
    return np.asarray(picture.crop((left, top, left + size, top + size)))`;

function bundlePython({ file, labels, architecture }: SampleModel): string {
  const { imports, call } = networkOf(architecture);
  return `# python sample.py photo.jpg
import json, sys, zipfile
import numpy as np, torch
${imports}
from PIL import Image, ImageOps
from safetensors.torch import load

labels = ${list(labels)}

${readPicture}

bundle = zipfile.ZipFile(${JSON.stringify(file)})
model = json.loads(bundle.read("manifest.json"))["model"]
p = model["preprocessing"]
mean, std = (np.array(p[name], np.float32) for name in ("mean", "std"))
pixels = read(sys.argv[1] if len(sys.argv) > 1 else "photo.jpg", p).astype(np.float32) / 255
x = torch.tensor((pixels - mean) / std).permute(2, 0, 1)[None]
trunk = load(bundle.read(model["trunk"]["file"])) if model["trunk"] else {}
total = 0
with torch.no_grad():
    for member in model["members"]:
        net = ${call}
        net.load_state_dict({**trunk, **load(bundle.read(member["file"]))}, strict=True)
        total = total + member["weight"] * net.eval()(x).softmax(1)[0]
for label, probability in zip(labels, (total / total.sum()).tolist()):
    print(f"{probability:.6f} {label}")`;
}

function savedModelPython({ file, labels, anySize }: SampleModel): string {
  const folder = JSON.stringify(file);
  const start = `# python sample.py photo.jpg
import ${anySize ? '' : 'json, '}sys
import numpy as np, tensorflow as tf
from PIL import Image, ImageOps

labels = ${list(labels)}
ask = tf.saved_model.load(${folder}).signatures["serving_default"]
path = sys.argv[1] if len(sys.argv) > 1 else "photo.jpg"`;
  const pixels = anySize
    ? `# Of any size: it is resized, cropped and normalised inside.
pixels = np.asarray(ImageOps.exif_transpose(Image.open(path)).convert("RGB"))`
    : `
${readPicture}

pixels = read(path, json.load(open(${JSON.stringify(`${file}/signature.json`)}))["preprocessing"])`;
  return `${start}
${pixels}
probabilities = ask(images=tf.constant(pixels[None]))["probabilities"].numpy()[0]
for label, probability in zip(labels, probabilities):
    print(f"{probability:.6f} {label}")`;
}

function savedModelTerminal({ file }: SampleModel): string {
  return `# Comes with Python's TensorFlow: what goes in and what comes out.
saved_model_cli show --dir ${shell(file)} --tag_set serve --signature_def serving_default`;
}
