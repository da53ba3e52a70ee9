import type { ExportFormatSpec, SampleModel } from './export-format.ts';
import { listLiteral, pythonNetwork, readPicture, shellWord } from './program-text.ts';

/** One zip file of weights, description, labels and model card; what Anneal itself opens again. */
export const bundle = {
  key: 'bundle',
  extension: 'anneal',
  options: {},
  needsNative: false,
  words: {
    en: {
      title: 'Anneal bundle',
      short: 'to keep',
      action: 'Export bundle',
      purpose: 'One file to keep and to send: all weights, labels, preprocessing and a model card.',
      contents: 'One .anneal file, a zip: every network in safetensors, their description, labels.txt, MODEL_CARD.md.',
      readers: 'Anneal; PyTorch, every member by the names of its parameters',
    },
    ru: {
      title: 'Файл Anneal',
      short: 'хранить',
      action: 'Записать файл',
      purpose: 'Один файл, чтобы хранить и передавать: все веса, метки, подготовка картинок и карточка модели.',
      contents: 'Один файл .anneal, это zip: каждая сеть в safetensors, их описание, labels.txt, MODEL_CARD.md.',
      readers: 'Anneal; PyTorch, каждого участника по именам его параметров',
    },
  },
  samples: (model) => [
    { value: 'terminal', label: 'Terminal', code: terminal(model) },
    { value: 'node', label: 'Node', code: node(model) },
    { value: 'python', label: 'PyTorch', code: python(model) },
  ],
} as const satisfies ExportFormatSpec<'bundle', never>;

type Model = SampleModel<never>;

function terminal({ file, labels }: Model): string {
  return `# In the folder of Anneal. One line a picture; the file of answers has a column for each class:
# ${labels.slice(0, 12).join(', ')}${labels.length > 12 ? ', …' : ''}
npm run -s anneal -- predict ${shellWord(file)} photo.jpg --csv answers.csv`;
}

function node({ file, labels }: Model): string {
  return `// In the folder of Anneal: node sample.mjs photo.jpg
import { execFileSync } from 'node:child_process';

const labels = ${listLiteral(labels)};
const command = ['run', '-s', 'anneal', '--', 'predict', ${JSON.stringify(file)}, process.argv[2] ?? 'photo.jpg', '--json'];

for (const line of execFileSync('npm', command, { encoding: 'utf8' }).trim().split('\\n')) {
  const record = JSON.parse(line);
  if (record.type !== 'prediction') continue;
  record.probabilities.forEach((probability, i) => console.log(probability.toFixed(6), labels[i]));
}`;
}

function python({ file, network }: Model): string {
  const { imports, call } = pythonNetwork(network);
  return `# python sample.py photo.jpg
import json, sys, zipfile
import numpy as np, torch
${imports}
from PIL import Image, ImageOps
from safetensors.torch import load

${readPicture}

bundle = zipfile.ZipFile(${JSON.stringify(file)})
model = json.loads(bundle.read("manifest.json"))["model"]
labels, p = model["labels"], model["preprocessing"]
temperature = model.get("temperature", 1)  # calibrates the probabilities
mean, std = (np.array(p[name], np.float32) for name in ("mean", "std"))
pixels = read(sys.argv[1] if len(sys.argv) > 1 else "photo.jpg", p).astype(np.float32) / 255
x = torch.tensor((pixels - mean) / std).permute(2, 0, 1)[None]
trunk = load(bundle.read(model["trunk"]["file"])) if model["trunk"] else {}
total = 0
with torch.no_grad():
    for member in model["members"]:
        net = ${call}
        net.load_state_dict({**trunk, **load(bundle.read(member["file"]))}, strict=True)
        total = total + member["weight"] * (net.eval()(x) / temperature).softmax(1)[0]
for label, probability in zip(labels, (total / total.sum()).tolist()):
    print(f"{probability:.6f} {label}")`;
}
