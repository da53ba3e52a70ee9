import { describe, expect, it } from 'vitest';
import { randomStream } from '../../src/base/random.ts';
import { DisjointSets } from '../../src/base/disjoint-sets.ts';
import { featureNeighbours } from '../../src/train/feature-neighbours.ts';
import { featureSeries } from '../../src/train/feature-series.ts';
import { loadRuntime } from '../../src/tensor/runtime.ts';
import { expectNoTensorLeak } from '../support/tensor-leak.ts';

const size = 64;
const noBreath = () => Promise.resolve();

/** `things` of two classes, each photographed `shots` times: rows of features, `spread` apart from what they show. */
function photographs(seed: number, things: number, shots: number, spread: number) {
  const random = randomStream(seed, 'features');
  const n = things * shots;
  const classes = [0, 1].map(() => Float32Array.from({ length: size }, () => random.normal()));
  const features = new Float32Array(n * size);
  const labels = new Int32Array(n);
  for (let thing = 0; thing < things; thing++) {
    const label = thing % 2;
    const own = Float32Array.from({ length: size }, (_, c) => classes[label]![c]! + random.normal());
    for (let shot = 0; shot < shots; shot++) {
      const row = thing * shots + shot;
      labels[row] = label;
      for (let c = 0; c < size; c++) features[row * size + c] = own[c]! + spread * random.normal();
    }
  }
  return { n, features, labels, thingOf: (row: number) => Math.floor(row / shots) };
}

async function seriesOf({ features, labels, n }: ReturnType<typeof photographs>) {
  await loadRuntime();
  const neighbours = await featureNeighbours(features, size, labels, noBreath);
  const links = featureSeries(
    neighbours,
    labels,
    Int32Array.from({ length: n }, (_, i) => i),
  );
  const sets = new DisjointSets(n);
  for (const { a, b } of links) sets.join(a, b);
  return { links, sets };
}

describe('series by features', () => {
  it.each([1, 2, 3])('finds each thing that was photographed four times, and joins no two, seed %i', async (seed) => {
    const made = photographs(seed, 60, 4, 0.25);
    const { links, sets } = await seriesOf(made);
    for (const { a, b } of links) expect(made.thingOf(a)).toBe(made.thingOf(b));
    expect(sets.sets().length).toBe(60);
  });

  it.each([1, 2, 3])('finds nothing where every picture shows another thing, seed %i', async (seed) => {
    const { links } = await seriesOf(photographs(seed, 400, 1, 0));
    expect(links).toEqual([]);
  });

  it('does not take a small class for a series, however alike its pictures are', async () => {
    const random = randomStream(9, 'features');
    // 20 classes of 8, far from one another.
    const centres = Array.from({ length: 20 }, () => Float32Array.from({ length: size }, () => 4 * random.normal()));
    const labels = Int32Array.from({ length: 160 }, (_, i) => Math.floor(i / 8));
    const features = Float32Array.from(
      { length: 160 * size },
      (_, at) => centres[labels[Math.floor(at / size)]!]![at % size]! + random.normal(),
    );
    const { links } = await seriesOf({ n: 160, features, labels, thingOf: (row) => row });
    expect(links).toEqual([]);
  });

  it('finds the neighbours that comparing all pairs finds, from memory or by parts, and keeps no tensor', async () => {
    const { features, labels, n } = photographs(5, 90, 1, 0);
    await loadRuntime();
    await expectNoTensorLeak(async () => {
      const found = await featureNeighbours(features, size, labels, noBreath);
      const byParts = await featureNeighbours(
        (start, end) => features.slice(start * size, end * size),
        size,
        labels,
        noBreath,
      );
      expect(byParts).toEqual(found);
      const unit = (row: number) => {
        const own = [...features.subarray(row * size, (row + 1) * size)];
        const length = Math.hypot(...own);
        return own.map((value) => value / length);
      };
      for (const row of [0, 17, 89]) {
        const distances = Array.from({ length: n }, (_, other) => other)
          .filter((other) => other !== row && labels[other] === labels[row])
          .map((other) => ({ other, distance: Math.hypot(...unit(row).map((value, c) => value - unit(other)[c]!)) }))
          .sort((a, b) => a.distance - b.distance)
          .slice(0, 10);
        distances.forEach(({ other, distance }, rank) => {
          expect(found.rows[row * found.k + rank]).toBe(other);
          expect(found.distances[row * found.k + rank]).toBeCloseTo(distance, 3);
        });
      }
    });
  });
});
