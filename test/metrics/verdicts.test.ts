import { describe, expect, it } from 'vitest';
import { randomStream } from '../../src/base/random.ts';
import { averageProbabilities } from '../../src/metrics/average-probabilities.ts';
import { verdictsOf, type Judgement } from '../../src/metrics/verdicts/index.ts';
import { describeError } from '../../src/messages/describe.ts';
import { shownVerdicts } from '../../src/protocol/verdict.ts';

/** Probabilities of two classes that answer as told, a little unsure. */
const answers = (predicted: readonly number[], sure = 0.9): Float32Array =>
  Float32Array.from(predicted.flatMap((answer) => (answer === 0 ? [sure, 1 - sure] : [1 - sure, sure])));
const repeat = (value: number, times: number): number[] => new Array<number>(times).fill(value);

const classes = ['ok', 'defect'];
function judged(labels: number[], predicted: number[], more: Partial<Judgement> = {}): Judgement {
  return { split: 'test', classes, labels, probabilities: answers(predicted), members: null, ...more };
}
const codes = (...judgements: Judgement[]): string[] => verdictsOf(judgements).map(({ code }) => code);

/** 187 of 265 pictures are "ok". */
const uneven = [...repeat(0, 187), ...repeat(1, 78)];

describe('beside the constant answer', () => {
  it('a network that always gives it is no better, and that is the first thing said', () => {
    const verdicts = verdictsOf([judged(uneven, repeat(0, 265))]);
    expect(verdicts.map(({ code }) => code)).toEqual(['verdict.noBetterThanConstant', 'verdict.alwaysOneClass']);
    expect(describeError({ ...verdicts[0]!, params: { ...verdicts[0]!.params } }).message).toMatch(
      /^No better than always answering “ok”: 70\.6 % of 265 test pictures are “ok”/,
    );
    expect(describeError({ ...verdicts[0]!, params: { ...verdicts[0]!.params } }, 'ru').message).toMatch(
      /^Не лучше, чем всегда отвечать «ok»: это 70,6 % из 265 картинок контрольной выборки/,
    );
  });

  it('an accuracy above its rate by luck does not pass, one beyond luck does', () => {
    // Finds 12 defects for 8 false alarms: P(X ≥ 12 of 20) = 0.25.
    const lucky = [...repeat(1, 8), ...repeat(0, 179), ...repeat(1, 12), ...repeat(0, 66)];
    expect(codes(judged(uneven, lucky))).toEqual(['verdict.noBetterThanConstant']);
    // 16 for 4: 0.006.
    const better = [...repeat(1, 4), ...repeat(0, 183), ...repeat(1, 16), ...repeat(0, 62)];
    expect(codes(judged(uneven, better))).toEqual([]);
  });

  it('a faultless network on four pictures is told apart from nothing', () => {
    const labels = [0, 0, 1, 1];
    expect(codes(judged(labels, labels))).toEqual(['verdict.tooFewToTell']);
  });

  it('says nothing of pictures of a single class, and of none', () => {
    expect(codes(judged(repeat(1, 30), repeat(1, 30)))).toEqual([]);
    expect(codes(judged([], []))).toEqual([]);
  });

  it('is seldom wrong about a network that guesses', () => {
    const random = randomStream(3, 'guesses');
    const passed = Array.from({ length: 200 }, () => {
      const labels = Array.from({ length: 60 }, () => random.integer(2));
      const guessed = Array.from({ length: 60 }, () => random.integer(2));
      return codes(judged(labels, guessed)).includes('verdict.noBetterThanConstant') ? 0 : 1;
    }).reduce((sum: number, one) => sum + one, 0);
    expect(passed).toBeLessThanOrEqual(10);
  });
});

describe('a rare class', () => {
  const labels = [...repeat(0, 60), ...repeat(1, 40), ...repeat(2, 5), ...repeat(3, 4)];
  const predicted = labels.map((label) => (label < 2 ? label : 0));
  const probabilities = Float32Array.from(
    predicted.flatMap((answer) => [0, 1, 2, 3].map((c) => (c === answer ? 0.97 : 0.01))),
  );

  it('that is never found is told from five pictures on', () => {
    const verdicts = verdictsOf([
      { split: 'validation', classes: ['a', 'b', 'defect', 'd'], labels, probabilities, members: null },
    ]);
    expect(verdicts).toEqual([{ code: 'verdict.neverFound', params: { label: 'defect', n: 5, split: 'validation' } }]);
    expect(describeError({ code: verdicts[0]!.code, params: { ...verdicts[0]!.params } }).message).toBe(
      'Recall of “defect” is 0 of 5 validation pictures: the network never finds it.',
    );
  });
});

describe('members', () => {
  const n = 400;
  const random = randomStream(5, 'members');
  const labels = Array.from({ length: n }, (_, i) => i % 2);
  /** Probabilities with errors of their own beside those that all members share. */
  const member = (index: number, own: number, shared: readonly number[]) => ({
    ...{ name: `snapshot-${index + 1}`, kind: 'snapshot' as const, index, weight: 1 },
    probabilities: Float32Array.from(
      labels.flatMap((label, row) => {
        const z = (label === 1 ? 1 : -1) * 0.8 + shared[row]! + own * random.normal();
        const p = 1 / (1 + Math.exp(-z));
        return [1 - p, p];
      }),
    ),
  });
  const noise = (size: number) => labels.map(() => size * random.normal());
  const judgementOf = (members: NonNullable<Judgement['members']>): Judgement => ({
    split: 'validation',
    classes,
    labels,
    probabilities: averageProbabilities(members.map(({ probabilities }) => probabilities)),
    members,
  });

  it('that say the same as the first add nothing', () => {
    const shared = noise(1);
    const judgement = judgementOf([0, 1, 2].map((i) => member(i, 0, shared)));
    const verdicts = verdictsOf([judgement]);
    expect(verdicts).toEqual([
      { code: 'verdict.addsNothing', params: { keep: 1, from: 2, to: 3, dropped: 2, split: 'validation' } },
    ]);
  });

  it('that err each in their own way are all worth it', () => {
    const none = noise(0);
    expect(codes(judgementOf([0, 1, 2].map((i) => member(i, 1.6, none))))).toEqual([]);
  });

  it('of which one is much better alone than the mean of all: it is named', () => {
    const members = [member(0, 0.1, noise(2.5)), member(1, 0.1, noise(2.5)), member(2, 0, noise(0))];
    const found = verdictsOf([judgementOf(members)]).find(({ code }) => code === 'verdict.betterAlone');
    expect(found?.params).toMatchObject({ number: 3, members: 3, alone: 1 });
  });

  it('are not spoken of on few pictures, and heads of folds never', () => {
    const shared = noise(1);
    const members = [0, 1].map((i) => member(i, 0, shared));
    const few = members.map((one) => ({ ...one, probabilities: one.probabilities.slice(0, 98) }));
    expect(
      codes({
        split: 'validation',
        classes,
        labels: labels.slice(0, 49),
        probabilities: few[0]!.probabilities,
        members: few,
      }).filter((code) => code === 'verdict.addsNothing'),
    ).toEqual([]);
    const heads = members.map((one) => ({ ...one, kind: 'fold' as const }));
    expect(codes(judgementOf(heads))).toEqual([]);
  });

  it('are named as people do, in both languages', () => {
    const say = (params: Record<string, number>, language: 'en' | 'ru') =>
      describeError({ code: 'verdict.addsNothing', params }, language).message;
    const third = { keep: 2, from: 3, to: 3, dropped: 1 };
    expect(say(third, 'en')).toBe('The third snapshot adds nothing beyond chance; two are enough.');
    expect(say(third, 'ru')).toBe('Третий снимок сверх случайности ничего не добавляет; достаточно двух.');
    const more = { keep: 1, from: 2, to: 5, dropped: 4 };
    expect(say(more, 'en')).toBe('The second to fifth snapshots add nothing beyond chance; one is enough.');
    expect(say(more, 'ru')).toBe('Снимки с 2 по 5 сверх случайности ничего не добавляют; достаточно одного.');
  });
});

describe('those that are shown', () => {
  const constant = (split: Judgement['split']) => judged(uneven, repeat(0, 265), { split });

  it('tell nothing of a sealed test part, and once it is open each thing once', () => {
    const verdicts = verdictsOf([constant('test'), constant('validation')]);
    const splits = (told: boolean) => shownVerdicts(verdicts, told).map(({ code, params }) => [code, params['split']]);
    expect(splits(false)).toEqual([
      ['verdict.noBetterThanConstant', 'validation'],
      ['verdict.alwaysOneClass', 'validation'],
    ]);
    expect(splits(true)).toEqual([
      ['verdict.noBetterThanConstant', 'test'],
      ['verdict.alwaysOneClass', 'test'],
    ]);
  });

  it('go by the test part where it passes', () => {
    const good = judged(uneven, uneven);
    expect(
      shownVerdicts(verdictsOf([good, judged(uneven, repeat(0, 265), { split: 'validation' })]), true),
    ).toMatchObject([{ code: 'verdict.alwaysOneClass' }]);
  });
});
