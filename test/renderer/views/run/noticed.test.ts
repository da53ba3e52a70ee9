import { describe, expect, it } from 'vitest';
import type { EpochPoint } from '../../../../renderer/state/run-model.ts';
import { noticed } from '../../../../renderer/views/run/noticed.ts';

const epochs = (...losses: [train: number, validation: number | null][]): EpochPoint[] =>
  losses.map(([trainLoss, validationLoss], i) => ({
    step: 10 * (i + 1),
    at: i,
    epoch: i + 1,
    trainLoss,
    train: null,
    validation: null,
    validationLoss,
  }));

describe('what the curves give away', () => {
  it('is that the network memorises when validation loss rises for four epochs while training loss falls', () => {
    const rising = epochs([1, 0.9], [0.8, 0.7], [0.6, 0.75], [0.5, 0.8], [0.4, 0.85], [0.3, 0.9]);
    expect(noticed({ epochs: rising })).toEqual({ kind: 'memorising', epochs: 4, since: 2 });
    expect(noticed({ epochs: rising.slice(0, 5) })).toBeNull();
  });

  it('is a word on augmentation when training loss lies above all the time', () => {
    expect(noticed({ epochs: epochs([1, 0.8], [0.9, 0.7]) })).toEqual({ kind: 'trainingAbove' });
    expect(noticed({ epochs: epochs([1, 0.8]) })).toBeNull();
    expect(noticed({ epochs: epochs([1, 0.8], [0.6, 0.7]) })).toBeNull();
  });

  it('is nothing where nothing is judged', () => {
    expect(noticed({ epochs: epochs([1, null], [0.9, null]) })).toBeNull();
    expect(noticed({ epochs: [] })).toBeNull();
  });
});
