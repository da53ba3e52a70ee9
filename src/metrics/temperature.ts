import { lossOf } from './log-loss.ts';
import { meanWithError } from './mean-with-error.ts';
import { assertSameSize, classesOf, type Probabilities } from './probabilities.ts';

/** What is below or above is no calibration but a fault of the pictures it was chosen on. */
export const temperatureRange = { min: 0.25, max: 8 } as const;
/** Below so many pictures a temperature would be luck. */
const fewestPictures = 50;
/** Numbers looked at for each temperature tried: more pictures than fit tell one number no better. */
const mostNumbers = 4e6;
/** Smallest positive float32: what a probability of 0 stands for. */
const leastProbability = 2 ** -149;

/**
 * Probabilities of softmax(z / T), from those of softmax(z): softmax(ln p / T), because ln p is z less a number a row (Guo et al. 2017,
 * arXiv 1706.04599, section 4.2). The order of a row's classes stays. 1 gives the very array back.
 */
export function tempered(probabilities: Probabilities, classes: number, temperature: number): Probabilities {
  if (temperature === 1) return probabilities;
  const out = new Float32Array(probabilities.length);
  for (let start = 0; start < out.length; start += classes) {
    let largest = 0;
    for (let c = 0; c < classes; c++) largest = Math.max(largest, probabilities[start + c]!);
    let sum = 0;
    for (let c = 0; c < classes; c++) sum += power(probabilities[start + c]!, largest, temperature);
    for (let c = 0; c < classes; c++) out[start + c] = power(probabilities[start + c]!, largest, temperature) / sum;
  }
  return out;
}

/** (p / largest) ^ (1 / T) */
function power(p: number, largest: number, temperature: number): number {
  return Math.exp(Math.log(Math.max(p, leastProbability) / Math.max(largest, leastProbability)) / temperature);
}

/**
 * The one temperature of an ensemble: with it the mean of the members' softmax(z / T) has the least log loss on pictures that none of
 * them trained on. 1 unless its losses are lower than without by more than one standard error of the pairs, which for a single fitted
 * number is about the likelihood ratio test at 5 %; and 1 where there are few pictures.
 * @param members probabilities of softmax(z), float32 [pictures, classes] each, with their share of the mean
 */
export function chooseTemperature(
  members: readonly { readonly probabilities: Probabilities; readonly weight: number }[],
  labels: ArrayLike<number>,
): number {
  if (labels.length < fewestPictures) return 1;
  assertSameSize(members.map(({ probabilities }) => probabilities));
  const losses = lossesAt(members, labels);
  const meanLoss = (logT: number): number => meanWithError(losses(Math.exp(logT))).mean;
  const best = goldenSection(meanLoss, Math.log(temperatureRange.min), Math.log(temperatureRange.max));
  // Four digits: what is stored is what a person reads.
  const temperature = Number(Math.exp(best).toPrecision(4));
  const before = losses(1);
  const gains = losses(temperature).map((loss, i) => before[i]! - loss);
  const { mean: gain, standardError } = meanWithError(gains);
  return gain > standardError ? temperature : 1;
}

/** −ln of the mean probability of each label at a temperature, for evenly chosen pictures where there are very many. */
function lossesAt(
  members: readonly { readonly probabilities: Probabilities; readonly weight: number }[],
  labels: ArrayLike<number>,
): (temperature: number) => Float64Array {
  const classes = classesOf(members[0]!.probabilities, labels.length);
  const stride = Math.max(1, Math.ceil((labels.length * classes * members.length) / mostNumbers));
  const rows = Array.from({ length: Math.ceil(labels.length / stride) }, (_, i) => i * stride);
  const total = members.reduce((sum, { weight }) => sum + weight, 0);
  // ln(p / p of the label): the label's probability at T is 1 / Σ exp(of each class / T).
  const ratios = members.map(({ probabilities, weight }) => ({
    share: weight / total,
    values: Float64Array.from({ length: rows.length * classes }, (_, i) => {
      const start = rows[Math.floor(i / classes)]! * classes;
      const ofLabel = probabilities[start + labels[start / classes]!]!;
      const p = probabilities[start + (i % classes)]!;
      return Math.log(Math.max(p, leastProbability)) - Math.log(Math.max(ofLabel, leastProbability));
    }),
  }));
  return (temperature) =>
    Float64Array.from(rows, (_, row) => {
      let p = 0;
      for (const { share, values } of ratios) {
        let sum = 0;
        for (let at = row * classes; at < (row + 1) * classes; at++) sum += Math.exp(values[at]! / temperature);
        p += share / sum;
      }
      return lossOf(p);
    });
}

/**
 * Place of the least value of a function with one trough, to 1e-6: it is that of one member in ln T, and the mean of members of one
 * training differs little. Equal inputs give equal bits.
 */
function goldenSection(value: (x: number) => number, low: number, high: number): number {
  const ratio = (Math.sqrt(5) - 1) / 2;
  let [a, b] = [low, high];
  let [c, d] = [b - ratio * (b - a), a + ratio * (b - a)];
  let [atC, atD] = [value(c), value(d)];
  while (b - a > 1e-6) {
    if (atC <= atD) {
      [b, d, atD] = [d, c, atC];
      c = b - ratio * (b - a);
      atC = value(c);
    } else {
      [a, c, atC] = [c, d, atD];
      d = a + ratio * (b - a);
      atD = value(d);
    }
  }
  return (a + b) / 2;
}
