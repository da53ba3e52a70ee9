import { describe, expect, it } from 'vitest';
import type { AnnealClient } from '../../../renderer/client/client.ts';
import { Wizard } from '../../../renderer/state/wizard.svelte.ts';
import type { CommandInput, CommandName } from '../../../src/protocol/engine-api.ts';
import { resolveConfig } from '../../../src/settings/resolve-config.ts';
import { planTraining } from '../../../src/schedules/plan-training.ts';
import type { FieldProblem, TrainPlan, TrainProposal } from '../../../src/protocol/train-plan.ts';

const proposal: TrainProposal = { preset: 'balanced', backbone: 'efficientnet_lite0', reasons: [], presets: [] };
const memory: FieldProblem = {
  key: 'data.batchSize',
  failure: { code: 'plan.memory', params: { needed: 3.1e9, free: 2.2e9 }, kind: 'input' },
  nearest: 16,
};
const flush = (): Promise<void> => new Promise((resolve) => setTimeout(resolve));

/** A wizard whose engine answers when told to; `asked` holds what it was sent. */
async function begun(problemsOf: (input: CommandInput<'planTraining'>) => readonly FieldProblem[] = () => []) {
  const asked: CommandInput<'planTraining'>[] = [];
  const waiting: (() => void)[] = [];
  const call = (command: CommandName, input: unknown): Promise<unknown> => {
    if (command === 'proposeTraining') return Promise.resolve(proposal);
    if (command === 'startRun') return Promise.resolve({ runId: JSON.stringify(input) });
    const plan = input as CommandInput<'planTraining'>;
    asked.push(plan);
    return new Promise((resolve) => waiting.push(() => resolve(planFor(problemsOf(plan)))));
  };
  const wizard = new Wizard({ call } as unknown as AnnealClient, '7');
  await wizard.begin(null);
  const answer = async (): Promise<void> => {
    waiting.shift()!();
    await flush();
  };
  await answer();
  return { wizard, asked, answer };
}

function planFor(problems: readonly FieldProblem[]): TrainPlan {
  return {
    config: null,
    problems,
    backbone: 'efficientnet_lite0',
    inputSize: 224,
    layerGroups: [],
    freezeTo: 4,
    trainPictures: 640,
    training: planTraining(resolveConfig({}), { pictures: 640, layerGroups: [], freezeTo: 4 }).record,
    snapshots: 3,
    estimate: {
      seconds: 120,
      memoryBytes: 1e9,
      freeMemoryBytes: 8e9,
      diskBytes: 1e8,
      freeDiskBytes: 1e11,
      basis: 'measured',
    },
  };
}

describe('the wizard', () => {
  it('begins with what is proposed', async () => {
    const { wizard, asked } = await begun();
    expect(wizard.preset).toBe('balanced');
    expect(wizard.value('model.backbone')).toBe('efficientnet_lite0');
    expect(wizard.changed).toEqual([]);
    expect(asked).toEqual([
      { dataset: '7', preset: 'balanced', config: { model: { backbone: 'efficientnet_lite0' } } },
    ]);
  });

  it('asks one question at a time, and of those that wait only the last', async () => {
    const { wizard, asked, answer } = await begun();
    for (const cycles of [4, 5, 6]) wizard.change({ 'schedule.numCycles': cycles });
    expect(asked).toHaveLength(2);
    await answer();
    expect(asked.slice(1).map(({ config }) => config?.['schedule'])).toEqual([{ numCycles: 4 }, { numCycles: 6 }]);
    expect(wizard.upToDate).toBe(false);
    await answer();
    expect(wizard.upToDate).toBe(true);
  });

  it('follows the time while the engine has not answered yet', async () => {
    const { wizard, answer } = await begun();
    const steps = wizard.fineTune!.totalSteps;
    wizard.preview({ 'schedule.numCycles': 2 * Number(wizard.value('schedule.numCycles')) });
    expect(wizard.fineTune!.totalSteps).toBe(2 * steps);
    expect(wizard.seconds).toBe(240);
    await answer();
    expect(wizard.seconds).toBe(120);
  });

  it('makes one edit of a drag, and none of one that was given up', async () => {
    const { wizard } = await begun();
    const before = wizard.value('schedule.maxLearningRate');
    for (const rate of [0.004, 0.005, 0.006]) wizard.preview({ 'schedule.maxLearningRate': rate });
    wizard.commit();
    wizard.preview({ 'schedule.maxLearningRate': 1 });
    wizard.release();
    expect(wizard.value('schedule.maxLearningRate')).toBe(0.006);
    expect(wizard.undo()).toBe(true);
    expect(wizard.value('schedule.maxLearningRate')).toBe(before);
    expect(wizard.undo()).toBe(false);
    expect(wizard.redo()).toBe(true);
    expect(wizard.value('schedule.maxLearningRate')).toBe(0.006);
  });

  it('tells the engine’s problem at its field until the value changes', async () => {
    const { wizard, answer } = await begun((input) => (input.config?.['data'] ? [memory] : []));
    wizard.change({ 'data.batchSize': 64 });
    await answer();
    expect(wizard.problems.get('data.batchSize')).toEqual(memory);
    wizard.change({ 'data.batchSize': 16 });
    expect(wizard.problems.size).toBe(0);
  });

  it('tells what is wrong with a value at once, and does not bother the engine with it', async () => {
    const { wizard, asked } = await begun();
    wizard.change({ 'data.batchSize': 'many' });
    expect(wizard.problems.get('data.batchSize')?.nearest).toBe(32);
    expect(wizard.config).toBeNull();
    expect(asked).toHaveLength(1);
  });

  it('goes to another goal and back', async () => {
    const { wizard } = await begun();
    wizard.change({ seed: 3, 'tune.layerDecay': 0.5 });
    const chosen = wizard.choose('thorough');
    expect(chosen.dropped).toBe(1);
    expect(wizard.changed.map(({ key }) => key)).toEqual(['seed']);
    wizard.change({ 'schedule.numCycles': 2 });
    chosen.undo();
    expect(wizard.preset).toBe('balanced');
    expect(wizard.changed.map(({ key }) => key)).toEqual(['seed', 'tune.layerDecay']);
    wizard.resetAll();
    expect(wizard.changed).toEqual([]);
  });

  it('takes a network that was chosen elsewhere, and leaves a goal that has none', async () => {
    const { wizard } = await begun();
    wizard.startFrom('resnet18');
    expect(wizard.changed.map(({ key, value }) => [key, value])).toEqual([['model.backbone', 'resnet18']]);
    wizard.choose('scratch');
    wizard.startFrom('resnet18');
    expect([wizard.preset, wizard.value('model.pretrained')]).toEqual(['balanced', true]);
  });

  it('starts with what differs from the preset, and the name', async () => {
    const { wizard } = await begun();
    wizard.change({ seed: 3 });
    wizard.name = ' first ';
    expect(JSON.parse(await wizard.start('/pictures'))).toEqual({
      folder: '/pictures',
      preset: 'balanced',
      config: { seed: 3, model: { backbone: 'efficientnet_lite0' } },
      name: 'first',
    });
  });

  it('repeats a run', async () => {
    const { wizard, answer } = await begun();
    const config = resolveConfig({ preset: 'thorough', set: ['seed=5', 'model.backbone=resnet18'] });
    await wizard.begin({ run: config });
    await answer();
    expect(wizard.preset).toBe('thorough');
    expect(wizard.config).toEqual(config);
  });
});
