import * as v from 'valibot';
import { tieAll } from '../channel-links.ts';
import { nameSchema, sizeSchema, type NodeFrom, type OpDefinition } from '../op-definition.ts';
import { sizeOf } from '../../base/size-of.ts';
import { sidesSchema, windowFields, windowShape } from '../window.ts';

const schema = v.object({
  ...windowFields,
  op: v.literal('conv2d'),
  /** Names in NetSpec.params. */
  weight: nameSchema,
  bias: v.nullable(nameSchema),
  dilation: sidesSchema,
  /** Input and output channels are cut into so many equal parts, and each part sees its own only. As many as channels: depthwise. */
  groups: sizeSchema,
});

/** torch.nn.Conv2d. */
export const conv2d: OpDefinition<NodeFrom<typeof schema>> = {
  op: 'conv2d',
  schema,
  params: ['weight', 'bias'],
  shape: (node, [input], param) => windowShape(node, input!, param(node.weight)[0]!, { dilation: node.dilation }),
  // A weight is used once at every position of the output.
  multiplyAdds: ({ weight }, { output, param }) => sizeOf(param(weight)) * sizeOf(output.slice(0, -1)),
  couplings({ weight, bias, groups }, [input], links, { param }) {
    const [out, inGroup] = param(weight) as [number, number];
    const outGroup = out / groups;
    const part = <T>(channels: readonly T[], size: number, group: number) =>
      channels.slice(group * size, (group + 1) * size);
    let output = links.fresh(out);
    if (groups > 1 && inGroup === 1) {
      // A channel with filters of its own: all that is made of it goes with it.
      output.forEach((channel, i) => links.tie(input![Math.floor(i / outGroup)]!, channel));
      if (outGroup === 1) output = input!;
    } else {
      // Groups stay equally large: what leaves one leaves the others at the same place.
      const parts = Array.from({ length: groups }, (_, group) => group);
      tieAll(
        parts.map((group) => part(output, outGroup, group)),
        links,
      );
      links.serves(
        weight,
        1,
        tieAll(
          parts.map((group) => part(input!, inGroup, group)),
          links,
        ),
      );
    }
    links.serves(weight, 0, output);
    if (bias !== null) links.serves(bias, 0, output);
    return output;
  },
  affine: (node) => ({ weight: node.weight, bias: node.bias, withBias: (bias) => ({ ...node, bias }) }),
};
