import { readFileSync } from 'node:fs';
import { beforeAll, describe, expect, it } from 'vitest';
import { NetBuilder } from '../../src/models/net-builder.ts';
import type { NetSpec } from '../../src/models/net-spec.ts';
import { fromRuntimeLayout } from '../../src/nn/layout.ts';
import { loadParameters } from '../../src/nn/load-parameters.ts';
import type { TrainConfig } from '../../src/settings/train-config.ts';
import { loadRuntime } from '../../src/tensor/runtime.ts';
import { tf, type Tensor } from '../../src/tensor/tf.ts';
import type { HostInputs } from '../../src/train/batch-source.ts';
import { compileTrainingStep } from '../../src/train/compiled-step.ts';
import { batchInputs, rateInputs } from '../../src/train/step-inputs.ts';
import { formulaSource } from '../support/formula-source.ts';
import { formulaStateDict } from '../support/formula-weights.ts';
import { configOf } from '../support/training-fixture.ts';
import { indices } from '../support/indices.ts';

type OptimizerName = TrainConfig['optimizer']['name'];
type Quantities = Record<string, { values: number[]; torchError: number }>;

/** Written by test/oracles/optim_trajectory.py; `steps` holds all parameters and statistics after some of the 200 steps. */
const torch = JSON.parse(readFileSync('test/fixtures/optim-trajectory.json', 'utf8')) as {
  unfreeze: number;
  size: number;
  classes: number;
  batch: number;
  batches: number;
  groupScales: number[];
  ratePattern: number[];
  weightDecay: number;
  momentum: number;
  betas: [number, number];
  epsilon: number;
  cases: Record<OptimizerName, { rate: number; losses: number[]; steps: Record<string, Quantities> }>;
};

const spec = smallNet();

beforeAll(async () => {
  await loadRuntime();
});

function smallNet(): NetSpec {
  const net = new NetBuilder();
  net.group('stem');
  const images = net.input();
  const stem = net.activation('relu', 'relu1', net.batchNorm('bn1', net.conv('conv1', images, 4, { kernel: 3 })));
  net.group('body');
  const convolved = net.conv('conv2', stem, 6, { kernel: 3, stride: 2 });
  const body = net.activation('relu', 'relu2', net.batchNorm('bn2', convolved));
  net.group('head');
  const feature = net.globalAveragePool('pool', body);
  net.linear('linear', feature, torch.classes);
  return net.build('small', feature, 'linear');
}

/** How many steps the slots of the first layer group have seen after `step` (from 0) of the run. */
type StemSteps = (step: number) => number;
const sinceUnfrozen: StemSteps = (step) => step - torch.unfreeze + 1;

interface Trained {
  readonly losses: number[];
  /** In torch's layout, by the number of steps taken. */
  readonly kept: Map<number, Record<string, Float32Array>>;
  /** Slots of the first layer group while it was frozen. */
  readonly frozenSlots: string[];
}

async function train(name: OptimizerName, stemSteps = sinceUnfrozen): Promise<Trained> {
  const { unfreeze, batch, batches, ratePattern, groupScales } = torch;
  const { rate, losses: wanted, steps: recorded } = torch.cases[name];
  const [beta1, beta2] = torch.betas;
  const config = configOf({
    tune: { regime: 'all', normMode: 'training', groupScales },
    optimizer: {
      name,
      momentum: torch.momentum,
      weightDecay: torch.weightDecay,
      beta1,
      beta2,
      epsilon: torch.epsilon,
    },
  });
  const source = await formulaSource(
    batch,
    torch.size,
    Array.from({ length: batches }, (_, b) => `batch/${b}`),
  );
  const options = {
    config,
    source,
    classes: torch.classes,
    classCounts: Array<number>(torch.classes).fill(1),
    labelOf: (picture: number) => picture % torch.classes,
  };
  const inputsOf = async (step: number): Promise<HostInputs> => {
    const first = (step % batches) * batch;
    const pictures = Array.from({ length: batch }, (_, i) => first + i);
    const count = step < unfreeze ? 0 : stemSteps(step);
    return {
      ...(await batchInputs(options, indices(...pictures), batch, { branch: 0, epoch: 0, batch: step })),
      ...rateInputs(config, rate * ratePattern[step % ratePattern.length]!, groupScales, [count, step + 1, step + 1]),
    };
  };
  const example = await inputsOf(0);
  const params = loadParameters(spec, formulaStateDict(spec));
  let values: Record<string, Tensor> = {};
  const compile = (freezeTo: number) =>
    compileTrainingStep({ spec, params: { ...params, ...values }, slots: values, source, config, freezeTo, example });
  let training = compile(1);
  const trained: Trained = { losses: [], kept: new Map(), frozenSlots: [] };
  for (const step of wanted.keys()) {
    if (step === unfreeze) {
      values = training.readState();
      trained.frozenSlots.push(...Object.keys(values).filter((key) => /^(conv1|bn1)/.test(key)));
      training.dispose();
      training = compile(0);
    }
    trained.losses.push(training.run(await inputsOf(step)).loss);
    if (String(step + 1) in recorded) {
      const state = training.readState();
      trained.kept.set(step + 1, inTorchLayout({ ...params, ...state }));
      tf.dispose(state);
    }
  }
  training.dispose();
  tf.dispose([params, values]);
  return trained;
}

function inTorchLayout(tensors: Record<string, Tensor>): Record<string, Float32Array> {
  return Object.fromEntries(spec.params.map((param) => [param.name, fromRuntimeLayout(param, tensors[param.name]!)]));
}

/** What misses torch's values by more than 1e-5 of the largest, or 5 times torch's own error in float32. */
function misses(ours: Record<string, Float32Array>, wanted: Quantities): string[] {
  return Object.entries(wanted).flatMap(([name, { values, torchError }]) => {
    const scale = Math.max(...values.map(Math.abs));
    const error = Math.max(...values.map((value, i) => Math.abs(ours[name]![i]! - value))) / scale;
    return error <= Math.max(1e-5, 5 * torchError) ? [] : [`${name}: ${error.toExponential(1)}`];
  });
}

describe('200 training steps of a small network', () => {
  it.each<OptimizerName>(['sgd', 'momentum', 'nesterov', 'adamw'])(
    "go torch's way with %s, a layer group frozen for the first half",
    async (name) => {
      const { losses, kept, frozenSlots } = await train(name);
      const { losses: wanted, steps } = torch.cases[name];
      expect(frozenSlots).toEqual([]);
      expect(Math.max(...losses.map((loss, step) => Math.abs(loss - wanted[step]!)))).toBeLessThan(1e-5);
      for (const [step, quantities] of Object.entries(steps)) {
        expect({ step, misses: misses(kept.get(Number(step))!, quantities) }).toEqual({ step, misses: [] });
      }
    },
  );

  it('go another way where the bias correction of the unfrozen group counts from the first step of the run', async () => {
    const { kept } = await train('adamw', (step) => step + 1);
    const missed = misses(kept.get(torch.unfreeze + 1)!, torch.cases.adamw.steps[torch.unfreeze + 1]!);
    expect(missed.map((text) => text.split(':')[0])).toEqual(expect.arrayContaining(['conv1.weight', 'bn1.bias']));
  });
});
