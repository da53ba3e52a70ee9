/**
 * ResNet-18, 34, 50: He et al. 2016 (arXiv 1512.03385), table 1. torchvision's names; as there, the stride of a
 * bottleneck sits on its 3×3 convolution ("v1.5"), not on the first 1×1 of the paper.
 */
import type { Architecture } from './architecture.ts';
import { NetBuilder } from './net-builder.ts';
import type { NetSpec } from './net-spec.ts';

const variants = {
  resnet18: { repeats: [2, 2, 2, 2], bottleneck: false },
  resnet34: { repeats: [3, 4, 6, 3], bottleneck: false },
  resnet50: { repeats: [3, 4, 6, 3], bottleneck: true },
} as const;

type Name = keyof typeof variants;

export const resNets = (Object.keys(variants) as Name[]).map((name): Architecture => ({
  name,
  paper: 'He et al. 2015, arXiv 1512.03385',
  library: 'torchvision',
  build: ({ classes = 1000 }) => resNet(name, classes),
}));

function resNet(architecture: Name, classes: number): NetSpec {
  const { repeats, bottleneck } = variants[architecture];
  const net = new NetBuilder();

  net.group('stem');
  let x = net.conv('conv1', net.input(), 64, { kernel: 7, stride: 2 });
  x = net.activation('relu', 'relu', net.batchNorm('bn1', x));
  x = net.maxPool('maxpool', x, { kernelSize: 3, stride: 2, padding: 1, ceilMode: false });

  repeats.forEach((count, stage) => {
    const width = 64 * 2 ** stage;
    const out = bottleneck ? width * 4 : width;
    for (let r = 0; r < count; r++) {
      const block = `layer${stage + 1}.${r}`;
      net.group(block);
      const stride = stage > 0 && r === 0 ? 2 : 1;
      const layer = (index: number, from: string, channels: number, kernel: number, layerStride: number) =>
        net.batchNorm(
          `${block}.bn${index}`,
          net.conv(`${block}.conv${index}`, from, channels, { kernel, stride: layerStride }),
        );
      const relu = (index: number, from: string) => net.activation('relu', `${block}.relu${index}`, from);
      let shortcut = x;
      if (bottleneck) {
        x = relu(1, layer(1, x, width, 1, 1));
        x = relu(2, layer(2, x, width, 3, stride));
        x = layer(3, x, out, 1, 1);
      } else {
        x = relu(1, layer(1, x, width, 3, stride));
        x = layer(2, x, out, 3, 1);
      }
      if (stride !== 1 || net.channels(shortcut) !== out) {
        shortcut = net.conv(`${block}.downsample.0`, shortcut, out, { kernel: 1, stride });
        shortcut = net.batchNorm(`${block}.downsample.1`, shortcut);
      }
      x = net.activation('relu', `${block}.relu`, net.add(`${block}.add`, [x, shortcut]));
      if (stage === repeats.length - 1 && r === count - 1) x = net.globalAveragePool('avgpool', x);
    }
  });

  net.group('head');
  const head = net.linear('fc', x, classes);
  return net.build(architecture, x, head);
}
