import { describe, expect, it } from 'vitest';
import type { EnsembleModel } from '../../src/ensemble/ensemble-model.ts';
import { modelCard } from '../../src/export/model-card.ts';
import { tinyDraft } from '../support/tiny-model.ts';

function model(overrides: Partial<EnsembleModel> = {}): EnsembleModel {
  const { trunk: _, members, ...rest } = tinyDraft(false);
  const file = { file: 'members/x.safetensors', sha256: '0'.repeat(64), bytes: 100 };
  return {
    ...rest,
    trunk: null,
    members: members.map(({ tensors: _tensors, ...member }) => ({ ...member, ...file })),
    ...overrides,
  };
}

describe('modelCard', () => {
  it('states every accuracy with n, split and interval in one unbroken table', () => {
    const lines = modelCard(model(), 'flowers.anneal').split('\n');
    const start = lines.findIndex((line) => line.startsWith('|---'));
    expect(lines.slice(start + 1, start + 5)).toEqual([
      '| Ensemble, test | 90.0 % | 100 test pictures, touched once | 82.6 % to 94.5 % |',
      '| Ensemble | 90.0 % | 100 validation pictures (choices were made by them) | 82.6 % to 94.5 % |',
      '| cycle-1, share 33.3 % | 90.0 % | 100 test pictures, touched once | 82.6 % to 94.5 % |',
      '',
    ]);
  });

  it('warns where nothing was set aside for testing', () => {
    expect(modelCard(model(), 'x.anneal')).not.toContain('No test pictures');
    expect(modelCard(model({ metrics: { ensemble: null, test: null } }), 'x.anneal')).toContain('No test pictures');
  });

  it('is a page: short even with a thousand classes of one word each', () => {
    const labels = Array.from({ length: 1000 }, (_, i) => `class${i}`);
    expect(modelCard(model({ labels }), 'x.anneal').split('\n').length).toBeLessThan(100);
  });
});
