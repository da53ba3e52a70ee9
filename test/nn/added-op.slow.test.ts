import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { growCheckout, type Growth } from '../support/grown-checkout.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';
import { tinyPictures } from '../support/tiny-training.ts';

const definition = `
import * as v from 'valibot';
import { nameSchema, nodeFields, plain, type NodeFrom, type OpDefinition } from '../op-definition.ts';

const schema = v.object({ ...nodeFields, op: v.literal('layerScale'), gamma: nameSchema, exponent: nameSchema });

/** A made-up op: each channel by a learned factor, and all by a learned power of two. */
export const layerScale: OpDefinition<NodeFrom<typeof schema>> = {
  ...plain,
  op: 'layerScale',
  schema,
  params: ['gamma', 'exponent'],
  multiplyAdds: (_, { output }) => output.reduce((product, n) => product * n, 1),
  couplings({ gamma }, [input], links) {
    links.serves(gamma, 0, input!);
    return input!;
  },
};
`;

const compute = `
import { tf } from '../../tensor/tf.ts';
import type { Compute } from '../op-compute.ts';

export const layerScale: Compute<'layerScale'> = ({ gamma, exponent }, [x], { param }) =>
  tf.mul(tf.mul(x, param(gamma)), tf.pow(2, param(exponent)));
`;

/** A network with the op: described, computed, differentiated, counted, stored, predicting, exported. */
const script = `
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { readModelFolder, writeModelFolder } from './src/ensemble/model-folder.ts';
import { createPredictor } from './src/ensemble/predictor.ts';
import { exportModel } from './src/export/export-model.ts';
import { cost } from './src/models/cost.ts';
import { couplings } from './src/models/couplings.ts';
import { NetBuilder } from './src/models/net-builder.ts';
import type { ParamSpec } from './src/models/param-spec.ts';
import { outputShapes } from './src/models/shapes.ts';
import { forward } from './src/nn/forward.ts';
import { initialise } from './src/nn/init.ts';
import { parametersToHost } from './src/nn/load-parameters.ts';
import { loadRuntime } from './src/tensor/runtime.ts';
import { tf, type Tensor } from './src/tensor/tf.ts';
import { float32Tensor } from './src/weights/host-tensor.ts';

const [pictures, work] = process.argv.slice(2) as [string, string];
await loadRuntime();

const preprocessing = { inputSize: 16, cropFraction: 1, interpolation: 'bilinear', mean: [0.5, 0.5, 0.5], std: [0.25, 0.25, 0.25] } as const;
const net = new NetBuilder(preprocessing);
net.group('stem');
const conv = net.conv('conv', net.input(), 6, { kernel: 3, bias: true });
const made = (name: string, shape: number[], value: number): ParamSpec => ({
  name, shape, axes: shape.map((_, axis) => axis), outAxis: shape.length > 0 ? 0 : null, inAxis: null,
  init: { kind: 'constant', value }, trains: true, decays: false,
});
const gamma = net.param(made('scale.gamma', [6], 0.5));
const exponent = net.param(made('scale.exponent', [], 1));
const scaled = net.node({ op: 'layerScale', name: 'scale', inputs: [conv], gamma, exponent });
net.group('head');
const pool = net.globalAveragePool('pool', scaled);
const spec = net.build('scaled', pool, net.linear('fc', pool, 2));

const params = initialise(spec, 1);
const numbers = (tensor: Tensor) => [...tensor.dataSync()];
const x = tf.tensor(Float32Array.from({ length: 768 }, (_, i) => Math.sin(i)), [1, 16, 16, 3]);
const before = numbers(forward(spec, params, x, { to: 'conv' }).output);
const after = numbers(forward(spec, params, x, { to: 'scale' }).output);
// f = sum over all: df/dexponent = ln 2 · f, df/dgamma = sum over a channel / gamma.
const loss = (factor: Tensor, power: Tensor) =>
  tf.sum(forward(spec, { ...params, [gamma]: factor, [exponent]: power }, x, { to: 'scale' }).output) as never;
const [byGamma, byExponent] = tf.grads(loss)([params[gamma]!, params[exponent]!]);
const total = after.reduce((sum, value) => sum + value, 0);
const ofChannel = (channel: number) => after.reduce((sum, value, i) => (i % 6 === channel ? sum + value : sum), 0);

const tensors = Object.fromEntries(
  Object.entries(parametersToHost(spec, params)).map(([name, { shape, data }]) => [name, float32Tensor(shape, new Float32Array(data))]),
);
const folder = join(work, 'model');
await writeModelFolder(folder, {
  formatVersion: 3, name: 'scaled', createdAt: null, labels: ['red', 'blue'], preprocessing, spec, trunk: null,
  members: [{ name: 'snapshot-1', weight: 1, accuracy: null, tensors }],
  combine: 'meanProbabilities', temperature: 1, metrics: { ensemble: null, test: null },
  origin: { backbone: 'scaled', preset: 'scratch', dataset: 'none', trainingPictures: 1, contentHash: '0'.repeat(64) },
});
const files = await readModelFolder(folder);
const predictor = await createPredictor(files);
const blank = predictor.probabilities(new Uint8Array(predictor.side ** 2 * 3).fill(200), 1).ensemble;
const paths = readdirSync(join(pictures, 'red')).slice(0, 5).map((name) => join(pictures, 'red', name));
const exported: unknown[] = [];
for (const [format, path] of [['bundle', 'x.anneal'], ['savedmodel', 'saved']] as const) {
  const { verification } = await exportModel({
    model: { kind: 'run', runId: 'r', folder }, format, path: join(work, path), run: null, pictures: paths, versions: {},
  });
  exported.push([format, verification.pictures, verification.largestDifference < 1e-4]);
}
const close = (a: number, b: number) => Math.abs(a - b) < 1e-4 * Math.max(1, Math.abs(b));
console.log(JSON.stringify({
  shape: outputShapes(spec).get('scale'),
  counted: cost(spec).nodes.find(({ node }) => node === 'scale'),
  removable: couplings(spec).filter(({ params: served }) => served.some(({ param }) => param === gamma)).length,
  forward: after.every((value, i) => close(value, before[i]! * 0.5 * 2)),
  gradients: close(byExponent!.dataSync()[0]!, Math.LN2 * total) && numbers(byGamma!).every((value, c) => close(value, ofChannel(c) / 0.5)),
  stored: isDeepStrictEqual(files.model.spec, spec),
  sum: close(blank[0]! + blank[1]!, 1),
  exported,
}));
`;

const line = "export { layerScale } from './layer-scale.ts';\n";
const described: Growth = {
  files: { 'src/models/ops/layer-scale.ts': definition },
  insertions: [{ file: 'src/models/ops/index.ts', behind: '', text: line }],
};
const computed: Growth = {
  files: { 'src/nn/ops/layer-scale.ts': compute },
  insertions: [{ file: 'src/nn/ops/index.ts', behind: '', text: line }],
};

describe('an op that is two files and a line in each index', () => {
  it('is described, computed, differentiated, counted, stored and exported', async () => {
    const grown = await growCheckout(temporaryFolder(), {
      files: { ...described.files, ...computed.files, 'scaled.ts': script },
      insertions: [...described.insertions, ...computed.insertions],
    });
    expect(await grown.compile()).toMatchObject({ code: 0, stdout: '' });
    const pictures = await tinyPictures(join(grown.folder, 'pictures'), 8);
    const end = await grown.run('scaled.ts', [pictures, grown.folder]);
    expect(end, end.stderr).toMatchObject({ code: 0 });
    expect(JSON.parse(end.stdout)).toEqual({
      shape: [16, 16, 6],
      counted: { node: 'scale', group: 0, shape: [16, 16, 6], multiplyAdds: 16 * 16 * 6, parameters: 7 },
      removable: 6,
      forward: true,
      gradients: true,
      stored: true,
      sum: true,
      exported: [
        ['bundle', 5, true],
        ['savedmodel', 5, true],
      ],
    });
  });

  it.each([
    ['computed', described, 'src/nn/node-output.ts'],
    ['described', computed, 'src/nn/ops/layer-scale.ts'],
  ] as const)('does not compile where it is not %s', async (_, half, place) => {
    const end = await (await growCheckout(temporaryFolder(), half)).compile();
    expect(end.code).not.toBe(0);
    expect(end.stdout).toContain(place);
    expect(end.stdout).toContain('layerScale');
  });
});
