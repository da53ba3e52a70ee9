import type { ExportFormatSpec, SampleModel } from './export-format.ts';
import { listLiteral, readPicture, shellWord } from './program-text.ts';

/** TensorFlow's own format: a folder with one graph, as its servers load it. */
export const savedModel = {
  key: 'savedmodel',
  extension: null,
  options: {
    anySize: {
      en: {
        label: 'Take pictures of any size',
        why: 'Resize and crop happen inside the model; off: pictures come at the network’s own size.',
      },
      ru: {
        label: 'Картинки любого размера',
        why: 'Размер меняется внутри модели; выключено: картинки приходят в размере сети.',
      },
    },
  },
  needsNative: true,
  words: {
    en: {
      title: 'SavedModel',
      short: 'for servers',
      action: 'Export SavedModel',
      purpose: 'Pictures in, the averaged probabilities out, preprocessing inside.',
      contents: 'A folder: one graph that averages the networks, labels.txt, signature.json.',
      readers: 'TensorFlow in Python, TensorFlow Serving, tfjs-node',
    },
    ru: {
      title: 'SavedModel',
      short: 'серверам',
      action: 'Записать SavedModel',
      purpose: 'На входе картинки, на выходе усреднённые вероятности, подготовка внутри.',
      contents: 'Папка: один граф, который усредняет сети, labels.txt, signature.json.',
      readers: 'TensorFlow в Python, TensorFlow Serving, tfjs-node',
    },
  },
  samples: (model) => [
    { value: 'python', label: 'Python', code: python(model) },
    { value: 'terminal', label: 'Terminal', code: terminal(model) },
  ],
} as const satisfies ExportFormatSpec<'savedmodel', 'anySize'>;

type Model = SampleModel<'anySize'>;

function python({ file, labels, options: { anySize } }: Model): string {
  const start = `# python sample.py photo.jpg
import ${anySize ? '' : 'json, '}sys
import numpy as np, tensorflow as tf
from PIL import Image, ImageOps

labels = ${listLiteral(labels)}
ask = tf.saved_model.load(${JSON.stringify(file)}).signatures["serving_default"]
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

function terminal({ file }: Model): string {
  return `# Comes with Python's TensorFlow: what goes in and what comes out.
saved_model_cli show --dir ${shellWord(file)} --tag_set serve --signature_def serving_default`;
}
