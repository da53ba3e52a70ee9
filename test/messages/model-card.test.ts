import { describe, expect, it } from 'vitest';
import type { EnsembleModel } from '../../src/ensemble/ensemble-model.ts';
import { modelCard } from '../../src/export/model-card.ts';
import { modelCardText } from '../../src/messages/model-card/index.ts';
import type { RunFacts } from '../../src/protocol/model-card.ts';
import { sampleConfig } from '../support/sample-records.ts';
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

const run: RunFacts = {
  madeAt: Date.UTC(2026, 10, 23),
  seconds: 312.4,
  pictures: 1000,
  datasetVersion: 3,
  split: { train: 640, validation: 160, test: 200 },
  seal: null,
  licence: { name: 'Apache-2.0', source: 'timm' },
  config: sampleConfig,
};
const untested = model({ metrics: { ensemble: null, test: null } });
const page = (of: EnsembleModel, facts: RunFacts | null = null, language: 'en' | 'ru' = 'en'): string =>
  modelCardText(modelCard(of, facts), language, 'flowers.anneal');

describe('the model card', () => {
  it('states every accuracy with n, split and interval in one unbroken table', () => {
    const lines = page(model()).split('\n');
    const start = lines.findIndex((line) => line.startsWith('|---'));
    expect(lines.slice(start + 1, start + 5)).toEqual([
      '| Ensemble, test | 90.0 % | 82.6 % to 94.5 % | 100 test pictures, opened once |',
      '| Ensemble | 90.0 % | 82.6 % to 94.5 % | 100 validation pictures (choices were made by them) |',
      '| cycle-1, share 33.3 % | 90.0 % | 82.6 % to 94.5 % | 100 test pictures, opened once |',
      '',
    ]);
  });

  it('warns where these members have no test result', () => {
    expect(page(model())).not.toContain('no test result');
    expect(page(untested)).toContain('no test result');
  });

  it('tells the test that was opened later only for the members that it was opened for', () => {
    const accuracy = { accuracy: 0.94, split: 'test', n: 200, low: 0.9, high: 0.965 } as const;
    const averaged = [
      { name: 'cycle-2', weight: 2 },
      { name: 'cycle-1', weight: 1 },
    ];
    const opened = (members: typeof averaged) => page(untested, { ...run, seal: { members, accuracy } });
    expect(opened(averaged)).toContain('| Ensemble, test | 94.0 % |');
    expect(opened(averaged.slice(1))).not.toContain('| Ensemble, test |');
    expect(opened(averaged.slice(1))).toContain('opened for other members (cycle-1: 94.0 %)');
  });

  it('holds the run where it is known: pictures, split, recipe, licence and configuration', () => {
    const card = page(model(), run);
    for (const part of ['640 to train', 'Apache-2.0', '2026-11-23', '312 s', '"numCycles": 3', '0'.repeat(64)])
      expect(card).toContain(part);
    expect(page(model())).not.toContain('## Training');
  });

  it('tells the temperature where there is one', () => {
    expect(page(model({ temperature: 1.37 }))).toContain('a temperature of 1.37 before the softmax');
    expect(page(model({ temperature: 1 }))).not.toContain('a temperature of');
  });

  it('says the same in Russian, with the same figures and programs', () => {
    const [english, russian] = [page(model(), run), page(model(), run, 'ru')];
    const figures = (text: string) => text.match(/\d+\.\d %/g);
    expect(figures(russian)).toEqual(figures(english));
    expect(russian.match(/^## .*[а-яё]/gim)).toHaveLength(english.match(/^## /gm)!.length);
    const programs = (text: string) => text.match(/```(sh|python)\n[\s\S]*?```/g);
    expect(programs(russian)).toEqual(programs(english));
  });

  it('names a library only where every averaged member is the network that it builds', () => {
    const spec = { ...model().spec, architecture: 'resnet18' };
    const [first, second, third] = model().members;
    expect(page(model({ spec }))).toContain('models.resnet18(');
    const pruned = { ...spec, architecture: 'resnet18/pruned' };
    const mixed = model({ spec, members: [first!, { ...second!, spec: pruned }, third!] });
    expect(page(mixed)).not.toContain('torchvision import');
    expect(page(mixed)).toContain('stands for your own module');
    // What is not averaged does not count.
    expect(page(model({ spec, members: [first!, second!, { ...third!, spec: pruned }] }))).toContain(
      'models.resnet18(',
    );
  });

  it('is a page: short even with a thousand classes of one word each', () => {
    const labels = Array.from({ length: 1000 }, (_, i) => `class${i}`);
    expect(page(model({ labels })).split('\n').length).toBeLessThan(100);
  });
});
