import { replaceHead } from '../../models/rewrites.ts';
import { dropout as dropped } from '../../nn/dropout.ts';
import { dropout as declaration } from '../../settings/dropout.ts';
import type { StepTechnique } from '../technique.ts';

/** Dropout before the classifier (Srivastava et al. 2014); a step that trains drops, everything else reads all features. */
export const dropout: StepTechnique = {
  declaration,
  active: (config) => config.model.dropout > 0,
  spec: (spec, { model }) => replaceHead(spec, spec.classes, { dropoutRate: model.dropout }),
  inputs: (_batch, random) => ({ seed: { dtype: 'int32', shape: [2], data: Int32Array.from(random.seedPair()) } }),
  trace: {
    node(node, output, { spec, inputs }) {
      if (node.op !== 'dropout') return output;
      const nodes = spec.nodes.filter(({ op }) => op === 'dropout');
      const index = nodes.findIndex(({ name }) => name === node.name);
      return dropped(output, node.rate, inputs['seed']!, index);
    },
  },
};
