import * as v from 'valibot';
import { describe, expect, it } from 'vitest';
import { ensembleNet } from '../../src/ensemble/ensemble-net.ts';
import type { EnsembleModel } from '../../src/ensemble/ensemble-model.ts';
import { cost } from '../../src/models/cost.ts';
import { buildNet } from '../../src/models/index.ts';
import type { NetSpec } from '../../src/models/net-spec.ts';
import { cutAt, subNet } from '../../src/models/rewrites.ts';
import { outputShapes } from '../../src/models/shapes.ts';
import { netSpecSchema } from '../../src/models/net-spec.ts';
import { paramsOfNode } from '../../src/models/spec-queries.ts';
import { tinyDraft } from '../support/tiny-model.ts';

const file = { file: 'members/x.safetensors', sha256: '0'.repeat(64), bytes: 8 };

function modelOf(spec: NetSpec, to: string | null, own: NetSpec | null = null): EnsembleModel {
  const { members, ...draft } = tinyDraft(false);
  const labels = Array.from({ length: spec.classes }, (_, i) => `class ${i}`);
  return {
    ...draft,
    spec,
    labels,
    preprocessing: spec.preprocessing,
    trunk: to === null ? null : { to, ...file },
    members: members.map(({ name, weight, accuracy }, i) => ({
      name,
      weight,
      accuracy,
      ...file,
      ...(own && i === 1 ? { spec: own } : {}),
    })),
  };
}

describe('the ensemble as one network', () => {
  const spec = buildNet('resnet20', { classes: 4 });
  const boundary = spec.groups[4]!.nodes.at(-1)!;
  const cases: readonly (readonly [string, EnsembleModel])[] = [
    ['members on a shared trunk', modelOf(spec, boundary)],
    ['heads on features', modelOf(spec, spec.feature)],
    ['whole members', modelOf(spec, null)],
    ['a member with a network of its own', modelOf(spec, null, buildNet('resnet32', { classes: 4 }))],
  ];

  it.each(cases)('is a sound network that can be stored: %s', (_, model) => {
    const { spec: net, parts, members } = ensembleNet(model);
    expect(v.parse(netSpecSchema, JSON.parse(JSON.stringify(net)))).toEqual(net);
    const seen = new Set<string>();
    for (const node of net.nodes) {
      for (const input of node.inputs) expect(seen).toContain(input);
      expect(seen).not.toContain(node.name);
      seen.add(node.name);
    }
    expect(net.groups.flatMap(({ nodes }) => nodes)).toEqual(net.nodes.map(({ name }) => name));
    expect(net.nodes.flatMap(paramsOfNode).toSorted()).toEqual(net.params.map(({ name }) => name).toSorted());
    expect(outputShapes(net).get(net.head)).toEqual([4]);
    for (const { output } of members) expect(outputShapes(net).get(output)).toEqual([4]);
    // Every parameter comes from exactly one file, under its own name there.
    expect(parts.flatMap(({ prefix, spec: part }) => part.params.map(({ name }) => prefix + name))).toEqual(
      net.params.map(({ name }) => name),
    );
  });

  it('computes the trunk once, and each averaged member behind it', () => {
    const { spec: net, members } = ensembleNet(modelOf(spec, boundary));
    const [trunk, rest] = [cost(cutAt(spec, boundary)), restCost(spec, boundary)];
    expect(cost(net).multiplyAdds).toBe(trunk.multiplyAdds + 2 * rest);
    // The third has weight 0.
    expect(members.map(({ name }) => name)).toEqual(['cycle-1', 'cycle-2']);
  });

  it('divides the logits of each member by the temperature, by no node where it is 1', () => {
    const ops = (model: EnsembleModel) => ensembleNet(model).spec.nodes.map(({ op }) => op);
    const model = modelOf(spec, boundary);
    expect(ops(model)).not.toContain('scale');
    const { spec: net, members } = ensembleNet({ ...model, temperature: 1.6 });
    expect(v.parse(netSpecSchema, JSON.parse(JSON.stringify(net)))).toEqual(net);
    expect(net.nodes.filter(({ op }) => op === 'scale')).toMatchObject([
      { name: 'member0/calibrated', factor: 1 / 1.6 },
      { name: 'member1/calibrated', factor: 1 / 1.6 },
    ]);
    expect(members.map(({ output }) => output)).toEqual(['member0/probabilities', 'member1/probabilities']);
    expect(net.nodes.filter(({ op }) => op !== 'scale').map(({ op }) => op)).toEqual(ops(model));
  });

  it('weighs members by their shares and bears a name that no library builds', () => {
    const { spec: net } = ensembleNet(modelOf(spec, null));
    expect(net.architecture).toBe('resnet20/ensemble');
    const mean = net.nodes.at(-1)!;
    expect(mean.op === 'mean' && mean.weights).toEqual([1 / 3, 2 / 3]);
  });
});

/** Multiply-adds behind the boundary, counted layer by layer of the whole network. */
function restCost(spec: NetSpec, boundary: string): number {
  const behind = new Set(
    subNet(spec, boundary, spec.head)
      .nodes.slice(1)
      .map(({ name }) => name),
  );
  return cost(spec)
    .nodes.filter(({ node }) => behind.has(node))
    .reduce((sum, { multiplyAdds }) => sum + multiplyAdds, 0);
}
