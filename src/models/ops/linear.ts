import * as v from 'valibot';
import { nameSchema, nodeFields, type NodeFrom, type OpDefinition, type OutputShape } from '../op-definition.ts';
import { sizeOf } from '../../base/size-of.ts';

const schema = v.object({ ...nodeFields, op: v.literal('linear'), weight: nameSchema, bias: v.nullable(nameSchema) });

/** torch.nn.Linear on the last axis: of a vector, of every token, of every position of a map. */
export const linear: OpDefinition<NodeFrom<typeof schema>> = {
  op: 'linear',
  schema,
  params: ['weight', 'bias'],
  shape: ({ weight }, [input], param) => [...input!.slice(0, -1), param(weight)[0]!] as unknown as OutputShape,
  multiplyAdds: ({ weight }, { output, param }) => sizeOf(param(weight)) * sizeOf(output.slice(0, -1)),
  couplings({ weight, bias }, [input], links, { output }) {
    const made = links.fresh(output.at(-1)!);
    links.serves(weight, 0, made);
    links.serves(weight, 1, input!);
    if (bias !== null) links.serves(bias, 0, made);
    return made;
  },
  affine: (node) => ({ weight: node.weight, bias: node.bias, withBias: (bias) => ({ ...node, bias }) }),
};
