import { expect, it } from 'vitest';
import { upgrade } from '../../src/stored/kind.ts';
import { checkpointKind, startingPosition } from '../../src/train/checkpoint-position.ts';

/** As version 2 wrote it. */
const second = {
  formatVersion: 2,
  step: 7,
  runStep: 19,
  epochLoss: 0.5,
  epochSteps: 1,
  history: [{ epoch: 0, trainLoss: 0.7, validation: null }],
  bestAccuracy: null,
  bestSnapshot: 0,
  stopped: false,
};

it('a checkpoint from before good states were kept goes on where it stood, and may be put back to itself', () => {
  const position = upgrade(checkpointKind, second, 'x');
  const watch = { startLoss: null, smoothed: 0, seen: 0, logNorm: 0, normsSeen: 0 };
  expect(position).toEqual({
    ...second,
    formatVersion: 3,
    watch,
    stepBacks: [],
    goodStep: 7,
    goodIsStart: false,
  });
});

it('a training that begins can only be put back to its start', () => {
  expect(startingPosition(12)).toMatchObject({ step: 0, runStep: 12, goodStep: 0, goodIsStart: true, stepBacks: [] });
});
