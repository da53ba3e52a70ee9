import type { NetSpec, NodeSpec } from '../models/net-spec.ts';
import { prefixed } from '../models/prefixed.ts';
import { cutAt, renamed, subNet } from '../models/rewrites.ts';
import { averagedMembers, type EnsembleModel, type WeightsFile } from './ensemble-model.ts';

/**
 * The averaged ensemble as one network, which whoever computes or writes an ensemble reads: pixels 0..255 → normalised → the shared
 * trunk, once → each member → its logits over the temperature → its probabilities → their weighted mean. Nodes and parameters of the parts keep their names behind a
 * prefix: `trunk/`, `member0/`, `member1/` and so on.
 */
export interface EnsembleNet {
  /** `head` gives the mean of the probabilities, [B, classes]. */
  readonly spec: NetSpec;
  /** Where the parameters come from: all of `spec`'s, file by file. */
  readonly parts: readonly EnsemblePart[];
  /** The averaged members in the order of the mean. */
  readonly members: readonly { readonly name: string; /** Node of its own probabilities. */ readonly output: string }[];
}

interface EnsemblePart {
  readonly file: WeightsFile;
  /** What stands before the names of its parameters in the ensemble's. */
  readonly prefix: string;
  /** What the file computes: its parameters under torch's own names. */
  readonly spec: NetSpec;
}

export function ensembleNet(model: EnsembleModel): EnsembleNet {
  const { trunk, preprocessing } = model;
  const averaged = averagedMembers(model);
  const { mean, std } = preprocessing;
  const groups: { name: string; nodes: readonly NodeSpec[] }[] = [
    {
      name: 'pixels',
      nodes: [
        { op: 'input', name: 'pixels', inputs: [] },
        { op: 'normalise', name: 'normalised', inputs: ['pixels'], mean, std },
      ],
    },
  ];
  const parts: EnsemblePart[] = [];
  const params: NetSpec['params'][number][] = [];
  const add = (
    part: EnsemblePart,
    name: string,
    input: string,
    rest: (output: string) => readonly NodeSpec[],
  ): void => {
    const { nodes, params: partParams } = prefixed(part.spec, part.prefix, input);
    groups.push({ name, nodes: [...nodes, ...rest(part.prefix + part.spec.head)] });
    params.push(...partParams);
    parts.push(part);
  };
  if (trunk) add({ file: trunk, prefix: 'trunk/', spec: cutAt(model.spec, trunk.to) }, 'trunk', 'normalised', () => []);
  const members = averaged.map(({ member }, index) => {
    const prefix = `member${index}/`;
    const output = probabilitiesOf(prefix);
    const whole = member.spec ?? model.spec;
    const spec = trunk ? subNet(whole, trunk.to, whole.head) : whole;
    const input = trunk ? `trunk/${trunk.to}` : 'normalised';
    add({ file: member, prefix, spec }, `member${index}`, input, (logits) =>
      probabilityNodes(logits, prefix, model.temperature),
    );
    return { name: member.name, output };
  });
  const weights = averaged.map(({ share }) => share);
  const head = 'probabilities';
  groups.push({
    name: 'mean',
    nodes: [{ op: 'mean', name: head, inputs: members.map(({ output }) => output), weights }],
  });
  const spec: NetSpec = {
    ...renamed(model.spec, 'ensemble'),
    nodes: groups.flatMap(({ nodes }) => nodes),
    params,
    groups: groups.map(({ name, nodes }) => ({ name, nodes: nodes.map((node) => node.name) })),
    feature: head,
    featureSize: model.labels.length,
    head,
    classes: model.labels.length,
    preprocessing,
  };
  return { spec, parts, members };
}

const probabilitiesOf = (prefix: string): string => `${prefix}probabilities`;

/** At a temperature of 1 there is no node for it: what is written then has the bytes of a model that knows none. */
function probabilityNodes(logits: string, prefix: string, temperature: number): NodeSpec[] {
  const softmax = (input: string): NodeSpec => ({ op: 'softmax', name: probabilitiesOf(prefix), inputs: [input] });
  if (temperature === 1) return [softmax(logits)];
  const scaled = `${prefix}calibrated`;
  return [{ op: 'scale', name: scaled, inputs: [logits], factor: 1 / temperature }, softmax(scaled)];
}
