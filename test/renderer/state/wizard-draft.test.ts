import * as v from 'valibot';
import { describe, expect, it } from 'vitest';
import { EditHistory } from '../../../renderer/state/edit-history.ts';
import {
  baseValues,
  configOf,
  draftFromText,
  draftOf,
  draftText,
  ownProblems,
  patched,
  untouched,
  withGoal,
  wholeConfig,
  type Proposed,
} from '../../../renderer/state/wizard-draft.ts';
import { resolveConfig } from '../../../src/settings/resolve-config.ts';
import { presetNames } from '../../../src/settings/preset-names.ts';
import { trainConfigSchema } from '../../../src/settings/train-config.ts';
import type { TrainProposal } from '../../../src/protocol/train-plan.ts';

const engine: TrainProposal = { preset: 'balanced', backbone: 'efficientnet_lite0', reasons: [], presets: [] };
const proposal: Proposed = { proposal: engine, suggested: {} };
const nothing: Proposed = { proposal: null, suggested: {} };

describe('the draft of a configuration', () => {
  it('forgets a change that came back to its base', () => {
    const base = baseValues('balanced', nothing);
    const changed = patched(untouched('balanced'), { 'schedule.numCycles': 5, seed: 3 }, base);
    expect([...changed.changes]).toEqual([
      ['schedule.numCycles', 5],
      ['seed', 3],
    ]);
    expect([
      ...patched(changed, { 'schedule.numCycles': base.get('schedule.numCycles') }, base).changes.keys(),
    ]).toEqual(['seed']);
  });

  it('goes to the engine as what differs from the preset, and the engine reads the same from it', () => {
    const base = baseValues('thorough', proposal);
    const draft = patched(untouched('thorough'), { 'schedule.stepMilestones': [0.3], 'data.batchSize': 16 }, base);
    const config = configOf(draft, base);
    expect(config).toEqual({
      model: { backbone: 'efficientnet_lite0' },
      data: { batchSize: 16 },
      schedule: { stepMilestones: [0.3] },
    });
    expect(resolveConfig({ preset: 'thorough', config })).toEqual(wholeConfig(draft, base));
  });

  it.each(presetNames)('is saved whole, as the command line takes it: %s', (preset) => {
    const whole = wholeConfig(untouched(preset), baseValues(preset, proposal));
    expect(v.parse(trainConfigSchema, whole)).toEqual(whole);
    expect(resolveConfig({ config: whole as unknown as Record<string, unknown> })).toEqual(whole);
  });

  it('keeps the network that a goal names, whatever was proposed', () => {
    expect(baseValues('scratch', proposal).get('model.backbone')).toBe('resnet20');
    expect(baseValues('quick', proposal).get('model.backbone')).toBe('efficientnet_lite0');
  });

  it('takes what follows from the classes as proposed, not as changed', () => {
    const base = baseValues('balanced', { proposal: engine, suggested: { 'augment.flip': false } });
    const config = configOf(untouched('balanced'), base);
    expect(config).toEqual({ model: { backbone: 'efficientnet_lite0' }, augment: { flip: false } });
    expect(patched(untouched('balanced'), { 'augment.flip': true }, base).changes.size).toBe(1);
  });

  it('repeats a run', () => {
    const config = resolveConfig({ preset: 'scratch', set: ['schedule.numCycles=2', 'seed=9'] });
    const draft = draftOf(config, proposal);
    expect([...draft.changes.keys()]).toEqual(['seed', 'schedule.numCycles']);
    expect(wholeConfig(draft, baseValues('scratch', proposal))).toEqual(config);
  });

  it('keeps what describes the pictures when the goal changes, and drops the recipe', () => {
    const base = baseValues('balanced', proposal);
    const draft = patched(untouched('balanced'), { seed: 4, 'data.batchSize': 64, 'tune.layerDecay': 0.5 }, base);
    const next = withGoal(draft, 'scratch', proposal);
    // The batch of 64 is what this goal has by itself.
    expect([...next.changes]).toEqual([['seed', 4]]);
  });

  it('comes back from text, unless that is of another version', () => {
    const draft = patched(untouched('quick'), { seed: 4, 'tune.l2Grid': [1] }, baseValues('quick', nothing));
    expect(draftFromText(draftText(draft))).toEqual(draft);
    for (const text of [
      null,
      '{}',
      'x',
      '{"preset":"old","changes":[]}',
      '{"preset":"quick","changes":[["no.such",1]]}',
    ])
      expect(draftFromText(text)).toBeNull();
  });

  it('tells what is wrong with single values', () => {
    const draft = patched(
      untouched('quick'),
      { 'data.batchSize': 'many', 'data.folds': 1 },
      baseValues('quick', nothing),
    );
    expect(ownProblems(draft).map(({ key, nearest }) => [key, nearest])).toEqual([
      ['data.batchSize', 32],
      ['data.folds', 2],
    ]);
  });
});

describe('the history of edits', () => {
  it('goes back and forth, and a new edit ends the way forth', () => {
    const history = new EditHistory<number>();
    history.push(1);
    history.push(2);
    expect(history.undo(3)).toBe(2);
    expect(history.undo(2)).toBe(1);
    expect(history.undo(1)).toBeUndefined();
    expect(history.redo(1)).toBe(2);
    history.push(2);
    expect(history.redo(4)).toBeUndefined();
    expect(history.undo(4)).toBe(2);
  });
});
