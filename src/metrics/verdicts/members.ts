import { accuracyFromCount, countCorrect } from '../accuracy-of.ts';
import { averageProbabilities } from '../average-probabilities.ts';
import { lossesOf } from '../log-loss.ts';
import { mcnemar } from '../mcnemar.ts';
import { pairedDifference } from '../paired-difference.ts';
import { predictedClasses, type Probabilities } from '../probabilities.ts';
import { signTest } from '../sign-test.ts';
import { level, type Judgement, type VerdictRule } from './judgement.ts';

/** Below so many pictures nearly nothing can be told from chance, and a member would be called useless that is not. */
const fewestPictures = 50;

type Members = NonNullable<Judgement['members']>;

/** Heads of one backbone cost next to nothing: whether fewer would do is no question. */
function choosable({ members, labels }: Judgement): Members | null {
  const isWorth = members && members.length > 1 && labels.length >= fewestPictures;
  return isWorth && members.every(({ kind }) => kind !== 'fold') ? members : null;
}

/**
 * The last members that the others do as well without: the mean of all beats the mean of the first ones neither in log loss (one-sided
 * paired test over the pictures) nor in accuracy (exact test over those that only one of the two gets right).
 */
export const addsNothing: VerdictRule = (judgement) => {
  const members = choosable(judgement);
  if (!members) return [];
  const { labels, classes, split } = judgement;
  const all = meanOf(members);
  const keep = members.findIndex((_, i) => !isBetter(all, meanOf(members.slice(0, i + 1)), labels, classes.length)) + 1;
  if (keep === members.length) return [];
  const dropped = members.slice(keep);
  const params = { keep, from: dropped[0]!.index + 1, to: dropped.at(-1)!.index + 1, dropped: dropped.length, split };
  return [{ code: 'verdict.addsNothing', params }];
};

/** A member that names more pictures right than the mean of all; the level shared among the members, as the best of several is picked. */
export const betterAlone: VerdictRule = (judgement) => {
  const members = choosable(judgement);
  if (!members) return [];
  const { labels, classes, split } = judgement;
  const together = predictedClasses(meanOf(members), classes.length);
  const alone = members.map(({ probabilities }) => predictedClasses(probabilities, classes.length));
  const correct = alone.map((answer) => countCorrect(answer, labels));
  const best = correct.indexOf(Math.max(...correct));
  const { onlyFirst, onlySecond } = mcnemar(alone[best]!, together, labels);
  if (signTest(onlyFirst, onlySecond) >= level / members.length) return [];
  const share = (count: number): number => accuracyFromCount(count, labels.length, split).accuracy;
  const params = { number: members[best]!.index + 1, members: members.length, n: labels.length, split };
  const figures = { alone: share(correct[best]!), together: share(countCorrect(together, labels)) };
  return [{ code: 'verdict.betterAlone', params: { ...params, ...figures } }];
};

function meanOf(members: Members): Probabilities {
  return averageProbabilities(
    members.map(({ probabilities }) => probabilities),
    members.map(({ weight }) => weight),
  );
}

function isBetter(first: Probabilities, second: Probabilities, labels: ArrayLike<number>, classes: number): boolean {
  const [a, b] = [[...lossesOf(second, labels)], [...lossesOf(first, labels)]];
  if (pairedDifference(a, b, { level }).better) return true;
  const { onlyFirst, onlySecond } = mcnemar(
    predictedClasses(first, classes),
    predictedClasses(second, classes),
    labels,
  );
  return signTest(onlyFirst, onlySecond) < level;
}
