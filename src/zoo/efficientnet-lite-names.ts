/**
 * Renames parameters from lukemelas' EfficientNet-PyTorch (`_blocks.3._expand_conv.weight`) to timm's
 * (`blocks.2.0.conv_pw.weight`). pretrained/convert_efficientnet_lite.py holds the same map for the embedded file.
 */
import { AnnealError } from '../base/errors.ts';

/** Blocks a stage: Tan & Le 2019 (arXiv 1905.11946) scale depth by 1, 1.1, 1.2 and round up; Lite keeps the first and last. */
const stages: Readonly<Record<string, readonly number[]>> = {
  tf_efficientnet_lite0: [1, 2, 2, 3, 3, 4, 1],
  tf_efficientnet_lite1: [1, 3, 3, 4, 4, 5, 1],
  tf_efficientnet_lite2: [1, 3, 3, 4, 4, 5, 1],
};

const top: Readonly<Record<string, string>> = {
  _conv_stem: 'conv_stem',
  _bn0: 'bn1',
  _conv_head: 'conv_head',
  _bn1: 'bn2',
  _fc: 'classifier',
};

const expanded: Readonly<Record<string, string>> = {
  _expand_conv: 'conv_pw',
  _bn0: 'bn1',
  _depthwise_conv: 'conv_dw',
  _bn1: 'bn2',
  _project_conv: 'conv_pwl',
  _bn2: 'bn3',
};

/** The first stage has no expansion, so its depthwise convolution's norm is timm's first. */
const plain: Readonly<Record<string, string>> = {
  _depthwise_conv: 'conv_dw',
  _bn1: 'bn1',
  _project_conv: 'conv_pw',
  _bn2: 'bn2',
};

/** timm's name for one parameter of `architecture`. Throws `zoo.unknownParameter`. */
export function timmName(architecture: string, name: string): string {
  const inBlock = /^_blocks\.(\d+)\.(\w+)\.(\w+)$/.exec(name);
  const outside = /^(\w+)\.(\w+)$/.exec(name);
  const module = inBlock ? blockModule(architecture, Number(inBlock[1]), inBlock[2]!) : outside && top[outside[1]!];
  const leaf = (inBlock?.[3] ?? outside?.[2])!;
  if (!module) throw new AnnealError('zoo.unknownParameter', { architecture, name: name.slice(0, 80) });
  return `${module}.${leaf}`;
}

function blockModule(architecture: string, index: number, module: string): string | null {
  let block = index;
  for (const [stage, blocks] of (stages[architecture] ?? []).entries()) {
    const renamed = (stage === 0 ? plain : expanded)[module];
    if (block < blocks) return renamed === undefined ? null : `blocks.${stage}.${block}.${renamed}`;
    block -= blocks;
  }
  return null;
}
