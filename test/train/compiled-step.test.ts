import { readFileSync } from 'node:fs';
import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { buildNet } from '../../src/models/index.ts';
import { fromRuntimeLayout } from '../../src/nn/layout.ts';
import { loadParameters } from '../../src/nn/load-parameters.ts';
import { loadRuntime } from '../../src/tensor/runtime.ts';
import { tf, type Tensor } from '../../src/tensor/tf.ts';
import type { HostInputs } from '../../src/train/batch-source.ts';
import { compileTrainingStep } from '../../src/train/compiled-step.ts';
import { batchInputs, rateInputs } from '../../src/train/step-inputs.ts';
import { formulaSource } from '../support/formula-source.ts';
import { formulaStateDict } from '../support/formula-weights.ts';
import { expectNoTensorLeak } from '../support/tensor-leak.ts';
import { configOf } from '../support/training-fixture.ts';
import { indices } from '../support/indices.ts';

interface Quantity {
  values: number[];
  torchError: number;
}
type Kind = 'weights' | 'slots' | 'statistics';
type Quantities = Record<Kind, Record<string, Quantity>>;

/** Written by test/oracles/train_step.py; `steps` holds what torch has after the first and the last step. */
const torch = JSON.parse(readFileSync('test/fixtures/train-step.json', 'utf8')) as {
  size: number;
  classes: number;
  freezeTo: number;
  classCounts: number[];
  labels: number[][];
  pictures: string[];
  rates: number[];
  groupScales: number[];
  momentum: number;
  weightDecay: number;
  labelSmoothing: number;
  steps: [{ loss: number } & Quantities, { loss: number } & Quantities];
};

const spec = buildNet('resnet20', { classes: torch.classes });
const config = configOf({
  tune: { regime: 'all', normMode: 'training', groupScales: torch.groupScales },
  optimizer: { name: 'nesterov', momentum: torch.momentum, weightDecay: torch.weightDecay },
  loss: { labelSmoothing: torch.labelSmoothing, classWeights: 'balanced' },
});

beforeAll(async () => {
  await loadRuntime();
});

interface Stepped {
  readonly loss: number;
  readonly state: Record<string, Float32Array>;
}

/** The fixture's steps through the compiled training step; everything in torch's layout. */
async function run(): Promise<Stepped[]> {
  const source = await formulaSource(2, torch.size, torch.pictures);
  const params = loadParameters(spec, formulaStateDict(spec));
  const options = {
    config,
    source,
    classes: torch.classes,
    classCounts: torch.classCounts,
    labelOf: (picture: number) => torch.labels.flat()[picture]!,
  };
  const inputsOf = async (step: number): Promise<HostInputs> => ({
    ...(await batchInputs(options, indices(2 * step, 2 * step + 1), 2, { branch: 0, epoch: 0, batch: step })),
    ...rateInputs(
      config,
      torch.rates[step]!,
      torch.groupScales,
      torch.groupScales.map(() => step + 1),
    ),
  });
  const example = await inputsOf(0);
  const { freezeTo } = torch;
  const step = compileTrainingStep({ spec, params, slots: {}, source, config, freezeTo, example });
  const results: Stepped[] = [];
  for (const at of torch.rates.keys()) {
    const { loss } = step.run(await inputsOf(at));
    const state = step.readState();
    results.push({ loss, state: inTorchLayout(state) });
    tf.dispose(state);
  }
  step.dispose();
  tf.dispose(params);
  return results;
}

function inTorchLayout(state: Record<string, Tensor>): Record<string, Float32Array> {
  const param = new Map(spec.params.map((one) => [one.name, one]));
  return Object.fromEntries(
    Object.entries(state).map(([name, tensor]) => [name, fromRuntimeLayout(param.get(name.split('#')[0]!)!, tensor)]),
  );
}

/** The elements that train_step.py's `sample` takes. */
function sample(values: Float32Array): number[] {
  const count = Math.min(24, values.length);
  return Array.from({ length: count }, (_, i) => values[Math.floor((i * values.length) / count)]!);
}

/** What misses torch's values by more than 1e-5 of the largest, or 3 times torch's own error in float32. */
function misses(ours: Record<string, Float32Array>, wanted: Record<string, Quantity>, suffix = ''): string[] {
  return Object.entries(wanted).flatMap(([name, { values, torchError }]) => {
    const own = ours[name + suffix];
    if (!own) return [`${name}${suffix} is absent`];
    const scale = Math.max(...values.map(Math.abs));
    const error = Math.max(...sample(own).map((value, i) => Math.abs(value - values[i]!))) / scale;
    return error <= Math.max(1e-5, 3 * torchError) ? [] : [`${name}${suffix}: ${error.toExponential(1)}`];
  });
}

describe('a training step with two pictures', () => {
  let steps: Stepped[];
  beforeEach(async () => {
    steps ??= await expectNoTensorLeak(run);
  });

  it.each([
    ['the first', 0, 0],
    ['the third', 1, 2],
  ])("equals torch's in loss, weights, slots and statistics after %s step", (_, fixture, step) => {
    const wanted = torch.steps[fixture]!;
    const { loss, state } = steps[step]!;
    expect(Math.abs(loss / wanted.loss - 1)).toBeLessThan(1e-5);
    expect(misses(state, wanted.weights)).toEqual([]);
    expect(misses(state, wanted.slots, '#momentum')).toEqual([]);
    const moving = Object.entries(wanted.statistics).filter(([name]) => name in state);
    expect(misses(state, Object.fromEntries(moving))).toEqual([]);
  });

  it('moves the statistics of the unfrozen batch norms, and leaves the frozen ones out', () => {
    const moved = Object.keys(steps[0]!.state).filter((name) => name.includes('running'));
    const unfrozen = Object.keys(torch.steps[0].statistics).filter((name) => /^layer([23]|1\.[3-9])/.test(name));
    expect(moved.sort()).toEqual(unfrozen.sort());
  });

  it('moves the running variance by the unbiased variance of the batch, by momentum 0.1', () => {
    // layer3 sees 2 · 4 · 4 = 32 numbers a channel: the biased variance is 31/32 of the unbiased one, 0.1 · 3 % less.
    const name = 'layer3.0.bn1.running_var';
    const [old] = sample(Float32Array.from(formulaStateDict(spec).get(name)!.data));
    const wanted = torch.steps[0].statistics[name]!.values[0]!;
    const unbiased = (wanted - 0.9 * old!) / 0.1;
    const ours = sample(steps[0]!.state[name]!)[0]!;
    expect(Math.abs((ours - 0.9 * old!) / 0.1 / unbiased - 1)).toBeLessThan(1e-4);
    expect(Math.abs((ours - 0.9 * old!) / 0.1 / ((unbiased * 31) / 32) - 1)).toBeGreaterThan(0.03);
  });

  it('keeps state for nothing that is frozen', () => {
    const groups = spec.groups.slice(0, torch.freezeTo).map((group) => group.name);
    const frozen = Object.keys(steps[0]!.state).filter((name) => groups.some((group) => name.startsWith(`${group}.`)));
    expect(frozen).toEqual([]);
    expect(Object.keys(steps[0]!.state)).not.toContain('conv1.weight');
  });
});
