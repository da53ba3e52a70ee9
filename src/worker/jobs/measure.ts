import { median } from '../../base/median.ts';
import { cost } from '../../models/cost.ts';
import { cutAt } from '../../models/rewrites.ts';
import { pretrainedSpec } from '../../models/trained-spec.ts';
import { trainConfigSchema } from '../../settings/train-config.ts';
import * as v from 'valibot';
import { compile } from '../../tensor/compile.ts';
import { loadRuntime } from '../../tensor/runtime.ts';
import { tf, type Tensor } from '../../tensor/tf.ts';
import { disposeNetwork, pretrainedNetwork } from '../../train/network.ts';
import { frozenTrunk } from '../../train/trunk.ts';
import type { JobHandler } from '../job-handler.ts';
import { betweenUnits, progressOf } from '../job-progress.ts';

/** As features are extracted: so many pictures at once. */
const batchSize = 32;
const timedBatches = 7;

/** Times a frozen backbone on batches of noise, just as it extracts features in a run. */
export const measure: JobHandler<'measure'> = async ({ backbone, threads }, host) => {
  await loadRuntime({ threads });
  const { inputSize } = backbone.preprocessing;
  const network = await pretrainedNetwork(backbone, 2, v.parse(trainConfigSchema, {}), inputSize);
  const trunk = frozenTrunk(network, network.spec.feature);
  disposeNetwork(network);
  const images = tf.randomNormal([batchSize, inputSize, inputSize, 3], 0, 1, 'float32', 1);
  const compiled = compile<{ images: Tensor }, { features: Tensor }, Record<string, Tensor>>({
    name: 'measured backbone',
    inputs: { images },
    constants: trunk.constants,
    fn: (inputs, constants) => ({ features: trunk.apply(inputs.images, constants) }),
  });
  tf.dispose(trunk.constants);
  const tell = progressOf(host, 'measure');
  const between = betweenUnits(host);
  const seconds: number[] = [];
  try {
    for (let batch = 0; batch <= timedBatches; batch++) {
      const started = performance.now();
      const { features } = compiled.run({ images });
      features.dataSync();
      features.dispose();
      // The first pays for graph optimisation.
      if (batch > 0) seconds.push((performance.now() - started) / 1000);
      tell(batch + 1, timedBatches + 1);
      await between();
    }
  } finally {
    compiled.dispose();
    images.dispose();
  }
  const spec = pretrainedSpec(backbone, 2, inputSize);
  const { multiplyAdds } = cost(cutAt(spec, spec.feature), inputSize);
  return { inputSize, multiplyAdds, picturesPerSecond: batchSize / median(seconds)! };
};
