/**
 * ResNet-20, 32, 56 for 32×32 pictures: He et al. 2016 (arXiv 1512.03385), section 4.2, with option A shortcuts
 * (no parameters). Names and preprocessing of Y. Idelbayev's `pytorch_resnet_cifar10`.
 */
import type { Architecture } from './architecture.ts';
import { torchvisionPreprocessing } from './imagenet-preprocessing.ts';
import { NetBuilder } from './net-builder.ts';
import type { NetSpec } from './net-spec.ts';

/** Blocks a stage: depth = 6 n + 2. */
const variants = { resnet20: 3, resnet32: 5, resnet56: 9 } as const;

type Name = keyof typeof variants;

export const cifarResNets = (Object.keys(variants) as Name[]).map((name): Architecture => ({
  name,
  paper: 'He et al. 2015, arXiv 1512.03385',
  library: null,
  build: ({ classes = 10 }) => cifarResNet(name, classes),
}));

function cifarResNet(architecture: Name, classes: number): NetSpec {
  const net = new NetBuilder({ ...torchvisionPreprocessing, inputSize: 32, cropFraction: 1 });

  net.group('stem');
  let x = net.conv('conv1', net.input(), 16, { kernel: 3 });
  x = net.activation('relu', 'relu', net.batchNorm('bn1', x));

  for (const [stage, width] of [16, 32, 64].entries()) {
    for (let r = 0; r < variants[architecture]; r++) {
      const block = `layer${stage + 1}.${r}`;
      net.group(block);
      const stride = stage > 0 && r === 0 ? 2 : 1;
      let shortcut = x;
      x = net.batchNorm(`${block}.bn1`, net.conv(`${block}.conv1`, x, width, { kernel: 3, stride }));
      x = net.activation('relu', `${block}.relu1`, x);
      x = net.batchNorm(`${block}.bn2`, net.conv(`${block}.conv2`, x, width, { kernel: 3 }));
      if (stride !== 1) shortcut = net.padShortcut(`${block}.shortcut`, shortcut, stride, width);
      x = net.activation('relu', `${block}.relu`, net.add(`${block}.add`, [x, shortcut]));
    }
  }
  const feature = net.globalAveragePool('avgpool', x);

  net.group('head');
  const head = net.linear('linear', feature, classes);
  return net.build(architecture, feature, head);
}
