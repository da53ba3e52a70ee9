import { join } from 'node:path';
import { buildNet } from '../../src/models/index.ts';
import { initialise } from '../../src/nn/init.ts';
import type { BackboneFile } from '../../src/protocol/train-job.ts';
import { tf } from '../../src/tensor/tf.ts';
import { hostParameters } from '../../src/train/host-parameters.ts';
import { writeSafetensors } from '../../src/weights/safetensors.ts';

/** A file of seeded random weights of the smallest network there is, as a pretrained backbone: it trains in seconds. */
export async function tinyBackbone(folder: string): Promise<BackboneFile> {
  const architecture = 'resnet20';
  const spec = buildNet(architecture);
  const params = initialise(spec, 11);
  const path = join(folder, 'tiny-backbone.safetensors');
  await writeSafetensors(path, hostParameters(spec, params));
  tf.dispose(params);
  return { name: 'tiny', architecture, path, sha256: 'b'.repeat(64), preprocessing: spec.preprocessing };
}
