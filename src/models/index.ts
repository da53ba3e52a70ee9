import { AnnealError } from '../base/errors.ts';
import { nearest } from '../base/nearest.ts';
import type { Architecture, ArchitectureOptions } from './architecture.ts';
import { cifarResNets } from './cifar-resnet.ts';
import { efficientNetLites } from './efficientnet-lite.ts';
import { mobileNetV2 } from './mobilenet-v2.ts';
import type { NetSpec } from './net-spec.ts';
import { resNets } from './resnet.ts';
import { squeezeNet11 } from './squeezenet.ts';

const table: readonly Architecture[] = [...efficientNetLites, mobileNetV2, squeezeNet11, ...resNets, ...cifarResNets];

/** Every network that can be built, by its torchvision or timm name. */
export const architectures: ReadonlyMap<string, Architecture> = new Map(table.map((entry) => [entry.name, entry]));

/** @throws models.unknownArchitecture, naming the nearest */
export function architectureNamed(name: string): Architecture {
  const architecture = architectures.get(name);
  if (architecture) return architecture;
  const names = [...architectures.keys()];
  throw new AnnealError('models.unknownArchitecture', { name, known: names, nearest: nearest(name, names) });
}

/** The description of a network by name. @throws models.unknownArchitecture, models.classesOutOfRange */
export function buildNet(name: string, options: ArchitectureOptions = {}): NetSpec {
  const architecture = architectureNamed(name);
  const { classes } = options;
  if (classes !== undefined && (!Number.isInteger(classes) || classes < 1))
    throw new AnnealError('models.classesOutOfRange', { classes });
  return architecture.build(options);
}
