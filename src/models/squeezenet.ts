/**
 * SqueezeNet 1.1: Iandola et al. 2016 (arXiv 1602.07360) and the authors' later 1.1. torchvision's names.
 * Its own head is a 1×1 convolution, relu, then the mean over positions, so the head reads a map; `feature` is the
 * mean of that map, beside the head's path: computed only when asked for.
 */
import type { Architecture } from './architecture.ts';
import { NetBuilder } from './net-builder.ts';
import type { NetSpec } from './net-spec.ts';

/** Index in `features` → squeeze channels and channels of each of the two expansions. */
const fires: readonly (readonly [index: number, squeeze: number, expand: number])[] = [
  [3, 16, 64],
  [4, 16, 64],
  [6, 32, 128],
  [7, 32, 128],
  [9, 48, 192],
  [10, 48, 192],
  [11, 64, 256],
  [12, 64, 256],
];

export const squeezeNet11: Architecture = {
  name: 'squeezenet1_1',
  paper: 'Iandola et al. 2016, arXiv 1602.07360',
  library: 'torchvision',
  build: ({ classes = 1000 }) => build(classes),
};

function build(classes: number): NetSpec {
  const net = new NetBuilder();
  const pool = (index: number, from: string) =>
    net.maxPool(`features.${index}`, from, { kernelSize: 3, stride: 2, padding: 0, ceilMode: true });

  net.group('stem');
  let x = net.conv('features.0', net.input(), 64, { kernel: 3, stride: 2, padding: 0, bias: true });
  x = pool(2, net.activation('relu', 'features.1', x));

  for (const [index, squeeze, expand] of fires) {
    const fire = `features.${index}`;
    net.group(fire);
    const conv = (name: string, from: string, out: number, kernel: number) =>
      net.activation(
        'relu',
        `${fire}.${name}_activation`,
        net.conv(`${fire}.${name}`, from, out, { kernel, bias: true }),
      );
    const squeezed = conv('squeeze', x, squeeze, 1);
    x = net.concat(`${fire}.concat`, [conv('expand1x1', squeezed, expand, 1), conv('expand3x3', squeezed, expand, 3)]);
    if (index === 4 || index === 7) x = pool(index + 1, x);
  }

  net.group('head');
  const feature = net.globalAveragePool('pooled', x);
  const scores = net.conv('classifier.1', net.dropout('classifier.0', x, 0.5), classes, { kernel: 1, bias: true });
  const head = net.globalAveragePool('classifier.3', net.activation('relu', 'classifier.2', scores));
  return net.build(squeezeNet11.name, feature, head);
}
