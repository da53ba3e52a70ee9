import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import * as v from 'valibot';
import { architectures, buildNet } from '../../src/models/index.ts';
import type { NetSpec } from '../../src/models/net-spec.ts';
import { replaceHead } from '../../src/models/rewrites.ts';
import { netSpecSchema } from '../../src/models/net-spec.ts';
import { upgradeSpec } from '../../src/models/upgrade-spec.ts';
import { unpackFolder } from '../support/old-files.ts';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'anneal-old-specs-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

/** The network in the model.json of a run that the first version wrote. */
async function storedSpec(run: string): Promise<Record<string, unknown>> {
  const root = join(folder, run);
  await unpackFolder(new URL(`../fixtures/formats/41ebc5f/${run}.zip.br`, import.meta.url).pathname, root);
  const files = await readdir(root, { recursive: true });
  const path = files.find((file) => basename(file) === 'model.json')!;
  return (JSON.parse(await readFile(join(root, path), 'utf8')) as { spec: Record<string, unknown> }).spec;
}

describe('upgradeSpec', () => {
  it.each(['run-balanced', 'run-scratch'])('makes of the network of %s the one that is built today', async (run) => {
    const stored = await storedSpec(run);
    expect(v.safeParse(netSpecSchema, stored).success).toBe(false);
    const spec = v.parse(netSpecSchema, upgradeSpec(stored));
    const dropout = spec.nodes.find((node) => node.op === 'dropout');
    const today = replaceHead(buildNet(spec.architecture), spec.classes, { dropoutRate: dropout?.rate ?? 0 });
    expect(spec).toEqual({ ...today, preprocessing: spec.preprocessing });
  });

  it.each([...architectures.keys()])('gives back today’s form of %s from the first one', (name) => {
    const spec = buildNet(name);
    expect(v.parse(netSpecSchema, upgradeSpec(JSON.parse(JSON.stringify(firstForm(spec)))))).toEqual(spec);
  });

  it('leaves what is no network to the schema', () => {
    for (const raw of [
      null,
      3,
      'spec',
      {},
      { nodes: [null, 3], params: [null, { name: 'x', shape: [1], role: 'odd' }] },
    ])
      expect(v.safeParse(netSpecSchema, upgradeSpec(raw)).success).toBe(false);
  });
});

/** As the first version wrote it: what a parameter is follows from its name and rank in these architectures. */
function firstForm(spec: NetSpec): unknown {
  const norms = new Set(spec.nodes.flatMap((node) => (node.op === 'batchNorm' ? [node.scale, node.shift] : [])));
  const role = (name: string, shape: readonly number[]): string => {
    if (name.endsWith('.running_mean')) return 'runningMean';
    if (name.endsWith('.running_var')) return 'runningVariance';
    if (norms.has(name)) return name.endsWith('.bias') ? 'normShift' : 'normScale';
    if (name.endsWith('.bias')) return 'bias';
    if (shape.length === 2) return 'linearWeight';
    return shape[1] === 1 ? 'depthwiseWeight' : 'convWeight';
  };
  const shapes = new Map(spec.params.map((param) => [param.name, param.shape]));
  return {
    ...spec,
    params: spec.params.map(({ name, shape }) => ({ name, shape, role: role(name, shape) })),
    nodes: spec.nodes.map((node) => {
      if (node.op === 'globalAveragePool') return { op: node.op, name: node.name, inputs: node.inputs };
      if (node.op !== 'conv2d') return node;
      const { name, op, inputs, weight, bias, kernelSize, stride, padding } = node;
      return { name, op, inputs, weight, bias, kernelSize, stride, padding, depthwise: shapes.get(weight)![1] === 1 };
    }),
  };
}
