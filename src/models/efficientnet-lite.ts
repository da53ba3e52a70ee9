/**
 * EfficientNet-Lite 0, 1, 2: Tan & Le 2019 (arXiv 1905.11946) without squeeze-and-excitation and with relu6, as in
 * TensorFlow's `efficientnet/lite`. Parameter names, SAME padding and batch-norm constants of timm's
 * `tf_efficientnet_lite*`; the dropout rate is TensorFlow's (timm leaves it to its caller). No stochastic depth.
 */
import type { Preprocessing } from '../protocol/preprocessing.ts';
import type { Architecture } from './architecture.ts';
import { NetBuilder, type NormOptions } from './net-builder.ts';
import type { NetSpec } from './net-spec.ts';

interface Variant {
  readonly width: number;
  readonly depth: number;
  readonly inputSize: number;
  readonly cropFraction: number;
  readonly dropout: number;
}

const variants = {
  tf_efficientnet_lite0: { width: 1, depth: 1, inputSize: 224, cropFraction: 0.875, dropout: 0.2 },
  tf_efficientnet_lite1: { width: 1, depth: 1.1, inputSize: 240, cropFraction: 0.882, dropout: 0.2 },
  tf_efficientnet_lite2: { width: 1.1, depth: 1.2, inputSize: 260, cropFraction: 0.89, dropout: 0.3 },
} as const satisfies Record<string, Variant>;

/** Repeats, kernel, stride, expansion and output channels of each stage at width and depth 1 (paper's table 1). */
const stages = [
  { repeats: 1, kernel: 3, stride: 1, expansion: 1, channels: 16 },
  { repeats: 2, kernel: 3, stride: 2, expansion: 6, channels: 24 },
  { repeats: 2, kernel: 5, stride: 2, expansion: 6, channels: 40 },
  { repeats: 3, kernel: 3, stride: 2, expansion: 6, channels: 80 },
  { repeats: 3, kernel: 5, stride: 1, expansion: 6, channels: 112 },
  { repeats: 4, kernel: 5, stride: 2, expansion: 6, channels: 192 },
  { repeats: 1, kernel: 3, stride: 1, expansion: 6, channels: 320 },
] as const;

const norm: NormOptions = { epsilon: 1e-3, momentum: 0.1 };

/** Nearest multiple of 8 that is not more than 10 % below. */
function scaledChannels(channels: number, width: number): number {
  const wanted = channels * width;
  const rounded = Math.max(8, Math.floor((wanted + 4) / 8) * 8);
  return rounded < 0.9 * wanted ? rounded + 8 : rounded;
}

type Name = keyof typeof variants;

export const efficientNetLites = (Object.keys(variants) as Name[]).map((name): Architecture => ({
  name,
  paper: 'Tan & Le 2019, arXiv 1905.11946',
  library: 'timm',
  build: ({ classes = 1000 }) => efficientNetLite(name, classes),
}));

function efficientNetLite(architecture: Name, classes: number): NetSpec {
  const { width, depth, inputSize, cropFraction, dropout } = variants[architecture];
  const preprocessing: Preprocessing = {
    inputSize,
    cropFraction,
    interpolation: 'bicubic',
    mean: [0.5, 0.5, 0.5],
    std: [0.5, 0.5, 0.5],
  };
  const net = new NetBuilder(preprocessing);
  const normed = (name: string, from: string) => net.batchNorm(name, from, norm);
  const activated = (name: string, from: string) => net.activation('relu6', `${name}.act`, normed(name, from));
  const same = (kernel: number, stride = 1) => ({ kernel, stride, padding: 'same' }) as const;

  net.group('stem');
  // Lite keeps stem and head at width 1, and the first and last stage at depth 1.
  let x = activated('bn1', net.conv('conv_stem', net.input(), 32, same(3, 2)));

  stages.forEach((stage, s) => {
    const channels = scaledChannels(stage.channels, width);
    const scaled = s > 0 && s < stages.length - 1;
    const repeats = scaled ? Math.ceil(stage.repeats * depth) : stage.repeats;
    for (let r = 0; r < repeats; r++) {
      const block = `blocks.${s}.${r}`;
      net.group(block);
      const shortcut = x;
      const stride = r === 0 ? stage.stride : 1;
      if (stage.expansion === 1) {
        x = activated(`${block}.bn1`, net.depthwise(`${block}.conv_dw`, x, same(stage.kernel, stride)));
        x = normed(`${block}.bn2`, net.conv(`${block}.conv_pw`, x, channels, same(1)));
      } else {
        const expanded = net.channels(x) * stage.expansion;
        x = activated(`${block}.bn1`, net.conv(`${block}.conv_pw`, x, expanded, same(1)));
        x = activated(`${block}.bn2`, net.depthwise(`${block}.conv_dw`, x, same(stage.kernel, stride)));
        x = normed(`${block}.bn3`, net.conv(`${block}.conv_pwl`, x, channels, same(1)));
      }
      if (stride === 1 && net.channels(shortcut) === channels) x = net.add(`${block}.add`, [x, shortcut]);
    }
  });

  net.group('conv_head');
  x = activated('bn2', net.conv('conv_head', x, 1280, same(1)));
  const feature = net.globalAveragePool('global_pool', x);

  net.group('head');
  const head = net.linear('classifier', net.dropout('dropout', feature, dropout), classes);
  return net.build(architecture, feature, head);
}
