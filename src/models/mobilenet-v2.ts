/** MobileNetV2 at width 1: Sandler et al. 2018 (arXiv 1801.04381), table 2. torchvision's `mobilenet_v2` names. */
import type { Architecture } from './architecture.ts';
import { NetBuilder } from './net-builder.ts';
import type { NetSpec } from './net-spec.ts';

/** Expansion, channels, repeats and stride of each stage. */
const stages = [
  [1, 16, 1, 1],
  [6, 24, 2, 2],
  [6, 32, 3, 2],
  [6, 64, 4, 2],
  [6, 96, 3, 1],
  [6, 160, 3, 2],
  [6, 320, 1, 1],
] as const;

export const mobileNetV2: Architecture = {
  name: 'mobilenet_v2',
  paper: 'Sandler et al. 2018, arXiv 1801.04381',
  library: 'torchvision',
  build: ({ classes = 1000 }) => build(classes),
};

function build(classes: number): NetSpec {
  const net = new NetBuilder();
  // torchvision's Conv2dNormActivation: convolution `.0`, norm `.1`, activation `.2`.
  const activated = (name: string, conv: string) =>
    net.activation('relu6', `${name}.2`, net.batchNorm(`${name}.1`, conv));

  net.group('stem');
  let x = activated('features.0', net.conv('features.0.0', net.input(), 32, { kernel: 3, stride: 2 }));

  let index = 1;
  for (const [expansion, channels, repeats, firstStride] of stages) {
    for (let r = 0; r < repeats; r++, index++) {
      const block = `features.${index}`;
      net.group(block);
      const shortcut = x;
      const stride = r === 0 ? firstStride : 1;
      let layer = 0;
      const next = () => `${block}.conv.${layer++}`;
      if (expansion !== 1) {
        const name = next();
        x = activated(name, net.conv(`${name}.0`, x, net.channels(x) * expansion, { kernel: 1 }));
      }
      const name = next();
      x = activated(name, net.depthwise(`${name}.0`, x, { kernel: 3, stride }));
      x = net.conv(next(), x, channels, { kernel: 1 });
      x = net.batchNorm(next(), x);
      if (stride === 1 && net.channels(shortcut) === channels) x = net.add(`${block}.add`, [shortcut, x]);
    }
  }

  net.group('features.18');
  x = activated('features.18', net.conv('features.18.0', x, 1280, { kernel: 1 }));
  const feature = net.globalAveragePool('avgpool', x);

  net.group('head');
  const head = net.linear('classifier.1', net.dropout('classifier.0', feature, 0.2), classes);
  return net.build(mobileNetV2.name, feature, head);
}
