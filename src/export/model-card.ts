import { decodeTarget, resizeDefinition } from '../data/decode-picture.ts';
import { averagedMembers, type EnsembleModel } from '../ensemble/ensemble-model.ts';
import type { Accuracy } from '../protocol/accuracy.ts';
import { pythonSnippet } from './python-snippet.ts';

/** One page of Markdown: what the model is, how good, its limits, how to use it. `fileName`: the bundle's own. */
export function modelCard(model: EnsembleModel, fileName: string): string {
  const { labels, origin, metrics, preprocessing } = model;
  const averaged = averagedMembers(model);
  const { side } = decodeTarget(preprocessing);
  const python = pythonSnippet(model, fileName);
  const sections = [
    [
      '---',
      'tags: [image-classification, snapshot-ensemble, anneal]',
      `base_model: ${JSON.stringify(origin.backbone)}`,
      '---',
    ],
    [`# ${oneLine(model.name)}`],
    [
      `Tells ${labels.length} classes of pictures apart. It is the average of ${averaged.length === 1 ? 'one network' : `${averaged.length} networks`} ` +
        `(${model.spec.architecture}), trained with Anneal (preset ${origin.preset}) from ${origin.backbone} on ${origin.trainingPictures} pictures ` +
        `of the folder "${oneLine(origin.dataset)}"${model.createdAt ? `, ${model.createdAt.slice(0, 10)}` : ''}.`,
    ],
    [
      '## Classes',
      '',
      'In the order of the outputs (`labels.txt`; names as the folders had them, in natural order):',
      '',
      labels.map((label, index) => `${index} ${oneLine(label)}`).join(' · '),
    ],
    [
      '## Accuracy',
      '',
      '| | accuracy | measured on | 95 % interval (Wilson) |',
      '|---|---|---|---|',
      ...row('Ensemble, test', metrics.test),
      ...row('Ensemble', metrics.ensemble),
      ...averaged.flatMap(({ member, share }) => row(`${member.name}, share ${percent(share)}`, member.accuracy)),
    ],
    [
      '## Limits',
      '',
      '- It knows only the classes above: any picture gets one of them, whatever it shows. A low probability is a warning, a high one no proof.',
      '- The accuracy holds for pictures like those it was trained on: same kind of camera, background, season.',
      `- The network sees ${preprocessing.inputSize} × ${preprocessing.inputSize} pixels of the centre; what is smaller than a few pixels there, or lies outside, is not seen.`,
      ...(metrics.test
        ? []
        : [
            '- No test pictures were set aside: the accuracy above is the one that choices were made by, so it may flatter.',
          ]),
    ],
    ['## How a picture becomes the input', '', resizeDefinition(preprocessing)],
    [
      `Then, per channel (red, green, blue): \`(value / 255 - mean) / std\`, mean [${preprocessing.mean.join(', ')}], std [${preprocessing.std.join(', ')}]. ` +
        `(The ${side} × ${side} square is what Anneal caches.)`,
    ],
    [
      '## Use: Anneal',
      '',
      '```sh',
      `npm run -s anneal -- predict ${fileName} photo.jpg another.png --csv predictions.csv`,
      '```',
    ],
    ['## Use: PyTorch', '', ...(python.note ? [python.note, ''] : []), '```python', python.code, '```'],
    [
      '## Use: Node, from a TensorFlow SavedModel',
      '',
      `Export it once (\`npm run -s anneal -- export RUN --format savedmodel --out saved\`), then, with \`pixels\` a Uint8Array of ${preprocessing.inputSize} × ${preprocessing.inputSize} × 3:`,
      '',
      '```js',
      "const tf = require('@tensorflow/tfjs-node');",
      "const model = await tf.node.loadSavedModel('saved');",
      `const { probabilities } = model.predict({ images: tf.tensor4d(pixels, [1, ${preprocessing.inputSize}, ${preprocessing.inputSize}, 3], 'int32') });`,
      `const labels = ${JSON.stringify(labels.slice(0, 8))}${labels.length > 8 ? ' /* and so on: labels.txt */' : ''};`,
      'console.log(labels[probabilities.argMax(1).dataSync()[0]]);',
      '```',
    ],
  ];
  return `${sections.map((lines) => lines.join('\n')).join('\n\n')}\n`;
}

const splitWords = {
  train: 'training pictures (not a fair measure)',
  validation: 'validation pictures (choices were made by them)',
  test: 'test pictures, touched once',
  outOfFold: 'training pictures, each judged by a network that had not seen it',
} as const;

function row(name: string, accuracy: Accuracy | null): string[] {
  if (!accuracy) return [];
  const { n, low, high, split } = accuracy;
  return [
    `| ${name} | ${percent(accuracy.accuracy)} | ${n} ${splitWords[split]} | ${percent(low)} to ${percent(high)} |`,
  ];
}

const percent = (fraction: number): string => `${(100 * fraction).toFixed(1)} %`;
const oneLine = (text: string): string => text.replace(/\s+/g, ' ').trim();
