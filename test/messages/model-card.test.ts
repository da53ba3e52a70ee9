import { describe, expect, it } from 'vitest';
import { modelCard, type CardFacts } from '../../src/messages/model-card.ts';
import type { Accuracy } from '../../src/protocol/accuracy.ts';
import type { RunRecord } from '../../src/protocol/run-record.ts';
import { sampleConfig } from '../support/sample-records.ts';

const accuracy: Accuracy = { accuracy: 0.96, split: 'validation', n: 150, low: 0.915, high: 0.982 };
const members = [
  { name: 'cycle-1', weight: 1 },
  { name: 'cycle-3', weight: 2 },
];
const run = {
  runId: 'r',
  name: 'lite0 balanced',
  number: 14,
  backbone: 'efficientnet_lite0',
  createdAt: Date.UTC(2026, 10, 23),
  dataset: {
    root: '/pictures/of mine/flowers',
    contentHash: 'c0ffee',
    pictures: 1000,
    classes: 2,
    dataset: '1',
    version: 3,
  },
  config: sampleConfig,
  result: { split: { train: 640, validation: 160, test: 200 }, timings: { total: 312.4 } },
} as unknown as RunRecord;
const facts: CardFacts = {
  run,
  classes: ['rose', 'tulip'],
  members,
  accuracy,
  seal: null,
  backbone: null,
  input: { size: 224, mean: [0.5, 0.5, 0.5], std: [0.5, 0.5, 0.5] },
  version: '0.1.0',
};

describe('the model card', () => {
  it('says of every accuracy on how many pictures of which part, with its interval', () => {
    const card = modelCard(facts);
    expect(card).toContain(
      '| Ensemble | 96.0 % | 91.5 % to 98.2 % | 150 validation pictures (choices were made by them) |',
    );
    expect(card).toContain('The test set was not opened');
  });

  it('tells the test only for the members that it was opened for', () => {
    const test = { ...accuracy, accuracy: 0.94, split: 'test' as const };
    const own = modelCard({ ...facts, seal: { accuracy: test, members: [...members].reverse(), openedAt: 0 } });
    expect(own).toContain('| Test | 94.0 % |');
    const other = modelCard({ ...facts, seal: { accuracy: test, members: members.slice(0, 1), openedAt: 0 } });
    expect(other).not.toContain('| Test |');
    expect(other).toContain('opened for other members (cycle-1: 94.0 %)');
  });

  it('holds classes, pictures, members, input and the configuration, and no place on this machine', () => {
    const card = modelCard(facts);
    for (const part of [
      '0. rose',
      '1. tulip',
      '`c0ffee`',
      '640 to train',
      'cycle-3 × 2',
      '224 × 224',
      '"numCycles": 3',
    ])
      expect(card).toContain(part);
    expect(card).not.toContain('/of mine');
  });
});
