import { readFileSync } from 'node:fs';
import type { NetSpec } from '../../src/models/net-spec.ts';
import { buildNet } from '../../src/models/index.ts';
import { forward, type NormMode } from '../../src/nn/forward.ts';
import { fromRuntimeLayout } from '../../src/nn/layout.ts';
import { loadParameters } from '../../src/nn/load-parameters.ts';
import { tf, type Scalar, type Tensor, type Tensor2D } from '../../src/tensor/tf.ts';
import { formula, formulaImages, formulaStateDict } from './formula-weights.ts';

interface Quantity {
  readonly values: number[];
  /** How far PyTorch's own float32 is from `values`. */
  readonly torchError: number;
}

interface Mode {
  readonly logits: Quantity;
  readonly gradients: Record<string, Quantity & { readonly norm: number }>;
}

/** Written by test/oracles/models.py. */
export interface ModelFixture {
  readonly architecture: string;
  readonly pictures: string;
  readonly size: number;
  readonly batch: number;
  readonly classes: number;
  readonly rate: number;
  readonly inference: Mode;
  readonly training: Mode & { readonly statistics: Record<string, Quantity>; readonly afterStep: Quantity };
}

export function modelFixture(architecture: string): ModelFixture {
  const path = new URL(`../fixtures/models/${architecture}.json`, import.meta.url);
  return JSON.parse(readFileSync(path, 'utf8')) as ModelFixture;
}

/** What the engine computes for a fixture, as the fixture has it: torch's layouts, gradients in samples. */
export interface Computed {
  readonly logits: Float32Array;
  readonly gradients: Record<string, { readonly norm: number; readonly values: number[] }>;
  readonly statistics: Record<string, Float32Array>;
  readonly afterStep: Float32Array;
}

export function computed(
  fixture: ModelFixture,
  mode: NormMode,
  change: (spec: NetSpec) => NetSpec = (spec) => spec,
): Computed {
  const spec = change(buildNet(fixture.architecture, { classes: fixture.classes }));
  return tf.tidy(() => {
    const params = loadParameters(spec, formulaStateDict(spec));
    const { batch, size, classes } = fixture;
    const images = tf.tensor4d(formulaImages(batch, size, fixture.pictures), [batch, size, size, 3]);
    const coefficients = tf.tensor2d(Float32Array.from(formula('loss', batch * classes)), [batch, classes]);
    const trained = spec.params.filter((param) => param.trains);
    let logits: Float32Array = new Float32Array();
    let statistics: Record<string, Float32Array> = {};
    const loss = (...values: Tensor[]): Scalar => {
      const moved = Object.fromEntries(trained.map((param, i) => [param.name, values[i]!]));
      const result = forward(spec, { ...params, ...moved }, images, { norm: () => mode });
      logits = result.output.dataSync<'float32'>();
      statistics = read(result.statistics);
      return tf.sum(tf.mul(result.output as Tensor2D, coefficients));
    };
    const gradients = tf.grads(loss)(trained.map((param) => params[param.name]!));
    const stepped: Record<string, Tensor> = { ...params };
    for (const [name, values] of Object.entries(statistics)) stepped[name] = tf.tensor1d(values);
    trained.forEach((param, i) => {
      stepped[param.name] = tf.sub(params[param.name]!, tf.mul(gradients[i]!, fixture.rate));
    });
    const afterStep = forward(spec, stepped, images).output.dataSync<'float32'>();
    const wanted = Object.keys(fixture.training.gradients);
    return {
      logits,
      statistics,
      afterStep,
      gradients: Object.fromEntries(
        trained.flatMap((param, i) =>
          wanted.includes(param.name) ? [[param.name, sampled(fromRuntimeLayout(param, gradients[i]!))]] : [],
        ),
      ),
    };
  });
}

function read(tensors: Record<string, Tensor>): Record<string, Float32Array> {
  return Object.fromEntries(Object.entries(tensors).map(([name, tensor]) => [name, tensor.dataSync<'float32'>()]));
}

/** The elements that models.py's `sample` takes. */
function sampled(values: Float32Array): { norm: number; values: number[] } {
  const count = Math.min(192, values.length);
  const picked = Array.from({ length: count }, (_, i) => values[Math.floor((i * values.length) / count)]!);
  return { norm: Math.hypot(...chunkNorms(values)), values: picked };
}

/** Math.hypot takes its arguments on the stack: norms of pieces, then the norm of those. */
function chunkNorms(values: Float32Array): number[] {
  const norms: number[] = [];
  for (let i = 0; i < values.length; i += 4096) norms.push(Math.hypot(...values.subarray(i, i + 4096)));
  return norms;
}

/** max |a − b| / max |b|. */
export function largestError(actual: ArrayLike<number>, expected: readonly number[]): number {
  const scale = Math.max(...expected.map(Math.abs));
  return Math.max(...expected.map((value, i) => Math.abs(actual[i]! - value))) / scale;
}

/** ‖a − b‖ / ‖b‖. */
export function l2Error(actual: ArrayLike<number>, expected: readonly number[]): number {
  return Math.hypot(...expected.map((value, i) => actual[i]! - value)) / Math.hypot(...expected);
}

/** Every quantity of the fixture that misses its tolerance, in words; empty when all agree. */
export function misses(fixture: ModelFixture, mode: NormMode, actual: Computed): string[] {
  const wanted = mode === 'training' ? fixture.training : fixture.inference;
  const found: string[] = [];
  const check = (what: string, error: number, tolerance: number, quantity: { torchError: number }) => {
    const allowed = Math.max(tolerance, 3 * quantity.torchError);
    if (!(error <= allowed)) found.push(`${what}: ${error.toExponential(1)}, allowed ${allowed.toExponential(1)}`);
  };
  check('logits', largestError(actual.logits, wanted.logits.values), 1e-4, wanted.logits);
  for (const [name, gradient] of Object.entries(wanted.gradients)) {
    const ours = actual.gradients[name]!;
    check(`gradient of ${name}`, l2Error(ours.values, gradient.values), 1e-3, gradient);
    check(`norm of the gradient of ${name}`, Math.abs(ours.norm / gradient.norm - 1), 1e-3, gradient);
  }
  if (mode === 'training') {
    const { statistics, afterStep } = fixture.training;
    for (const [name, statistic] of Object.entries(statistics))
      check(name, largestError(actual.statistics[name] ?? [], statistic.values), 1e-4, statistic);
    check('logits after a step', largestError(actual.afterStep, afterStep.values), 1e-4, afterStep);
  }
  return found;
}
