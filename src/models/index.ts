import { AnnealError } from '../base/errors.ts';
import { nearest } from '../base/nearest.ts';
import { cifarResNet } from './cifar-resnet.ts';
import { efficientNetLite } from './efficientnet-lite.ts';
import { mobileNetV2 } from './mobilenet-v2.ts';
import type { NetSpec } from './net-spec.ts';
import { resNet } from './resnet.ts';
import { squeezeNet11 } from './squeezenet.ts';

export interface ArchitectureOptions {
  /** Outputs of the head; default: the number of classes of the published weights. */
  readonly classes?: number;
}

export type Architecture = (options?: ArchitectureOptions) => NetSpec;

/** Every network that can be built, by its torchvision or timm name. */
export const architectures: Readonly<Record<string, Architecture>> = {
  tf_efficientnet_lite0: (options) => efficientNetLite('tf_efficientnet_lite0', options?.classes),
  tf_efficientnet_lite1: (options) => efficientNetLite('tf_efficientnet_lite1', options?.classes),
  tf_efficientnet_lite2: (options) => efficientNetLite('tf_efficientnet_lite2', options?.classes),
  mobilenet_v2: (options) => mobileNetV2(options?.classes),
  squeezenet1_1: (options) => squeezeNet11(options?.classes),
  resnet18: (options) => resNet('resnet18', options?.classes),
  resnet34: (options) => resNet('resnet34', options?.classes),
  resnet50: (options) => resNet('resnet50', options?.classes),
  resnet20: (options) => cifarResNet('resnet20', options?.classes),
  resnet32: (options) => cifarResNet('resnet32', options?.classes),
  resnet56: (options) => cifarResNet('resnet56', options?.classes),
};

/** The description of a network by name. Throws `models.unknownArchitecture`, naming the nearest. */
export function buildNet(name: string, options: ArchitectureOptions = {}): NetSpec {
  const known = Object.keys(architectures);
  const architecture = Object.hasOwn(architectures, name) ? architectures[name] : undefined;
  if (!architecture)
    throw new AnnealError('models.unknownArchitecture', { name, known, nearest: nearest(name, known) });
  const { classes } = options;
  if (classes !== undefined && (!Number.isInteger(classes) || classes < 1))
    throw new AnnealError('models.classesOutOfRange', { classes });
  return architecture(options);
}
