import { accuracyFromCount, countCorrect } from '../../metrics/accuracy-of.ts';
import { classReports, confusionMatrix } from '../../metrics/confusion-matrix.ts';
import { agreementMatrix, meanDisagreement } from '../../metrics/disagreement.ts';
import { ensembleMilliseconds } from '../../metrics/ensemble-report.ts';
import { countLargest, countWith } from '../../metrics/ensemble-subsets.ts';
import { figuresOf } from '../../metrics/figures.ts';
import { predictedClasses } from '../../metrics/probabilities.ts';
import { verdictsOf } from '../../metrics/verdicts/index.ts';
import type { ChosenMember, EnsembleView, JudgedPicture, MemberView } from '../../protocol/ensemble-view.ts';
import { memberNamed } from '../members-of-run.ts';
import { averageOf, type HeldOut } from './held-out.ts';
import { subsetsOf } from './subsets.ts';

const mostWorst = 60;

/** All of the view but what was decided about the run. */
export type JudgedEnsemble = Omit<EnsembleView, 'fixed' | 'seal' | 'testPictures'>;

/** An ensemble of the chosen members, judged from their predictions. @throws ensemble.unknownMember */
export function judgeEnsemble(heldOut: HeldOut, given: readonly ChosenMember[]): JudgedEnsemble {
  for (const { name } of given) memberNamed(heldOut, name);
  // In the order shown, whatever order they were named in.
  const chosen = heldOut.members.flatMap(({ name }) => given.filter((member) => member.name === name));
  return heldOut.judge ? judgeHeads(heldOut, heldOut.judge, chosen) : judgeComparable(heldOut, chosen);
}

function judgeComparable(heldOut: HeldOut, chosen: readonly ChosenMember[]): JudgedEnsemble {
  const { labels, split, members, trunkMilliseconds } = heldOut;
  const classes = heldOut.classes.length;
  const n = labels.length;
  const accuracy = (correct: number) => accuracyFromCount(correct, n, split);
  const average = averageOf(heldOut, chosen);
  const predicted = predictedClasses(average, classes);
  const answers = members.map(({ probabilities }) => predictedClasses(probabilities, classes));
  const alone = answers.map((answer) => countCorrect(answer, labels));
  const correct = countCorrect(predicted, labels);
  const share = (count: number): number => (n === 0 ? 0 : count / n);
  const { prefixes, sum } = prefixCounts(heldOut, chosen, correct);
  const staircase = chosen.map(({ name }, i) => ({
    name,
    accuracy: accuracy(prefixes[i]!),
    gain: i === 0 ? null : share(prefixes[i]! - prefixes[i - 1]!),
  }));
  const views = members.map((member, i): MemberView => {
    const step = chosen.findIndex(({ name }) => name === member.name);
    const added = (): number => share(countWith(sum, member.probabilities, labels, classes) - correct);
    return {
      ...memberFigures(heldOut, i),
      weight: step >= 0 ? chosen[step]!.weight : 1,
      on: step >= 0,
      alone: accuracy(alone[i]!),
      gain: step >= 0 ? staircase[step]!.gain : added(),
    };
  });
  const best = alone.indexOf(Math.max(...alone));
  const on = chosen.map(({ name }) => memberNamed(heldOut, name));
  return {
    runId: heldOut.runId,
    classes: heldOut.classes,
    split,
    n,
    comparable: true,
    members: views,
    accuracy: accuracy(correct),
    figures: figuresOf(average, labels, classes),
    temperature: heldOut.temperature,
    verdicts: verdictsOf([
      {
        split,
        classes: heldOut.classes,
        labels,
        probabilities: average,
        members: chosen.map(({ name, weight }) => ({ ...memberNamed(heldOut, name), weight })),
      },
    ]),
    bestSingle: { name: members[best]!.name, accuracy: share(alone[best]!) },
    disagreement: meanDisagreement(
      on.map(({ probabilities }) => probabilities),
      classes,
    ),
    millisecondsPerPicture: ensembleMilliseconds(trunkMilliseconds, on),
    staircase,
    subsets: subsetsOf(heldOut, chosen, share(correct)),
    agreement: agreementMatrix(
      members.map(({ probabilities }) => probabilities),
      classes,
    ),
    ...byClass(predicted, labels, classes),
    worst: judgedPictures(
      heldOut,
      { probabilities: average, predicted, byMember: answers },
      highestLoss(average, labels, classes).slice(0, mostWorst),
    ),
  };
}

/** Pictures that the first 1…n chosen members name right together, and the weighted sum of all of them: float64 [pictures, classes]. */
function prefixCounts(
  heldOut: HeldOut,
  chosen: readonly ChosenMember[],
  all: number,
): { readonly prefixes: readonly number[]; readonly sum: Float64Array } {
  const { labels, classes } = heldOut;
  const sum = new Float64Array(labels.length * classes.length);
  const prefixes = chosen.map(({ name, weight }, i) => {
    const { probabilities } = memberNamed(heldOut, name);
    for (let at = 0; at < sum.length; at++) sum[at]! += weight * probabilities[at]!;
    return i === chosen.length - 1 ? all : countLargest(sum, labels, classes.length);
  });
  return { prefixes, sum };
}

/** Heads of folds: each on the pictures that it did not train on. What the heads that are off judged is left out. */
function judgeHeads(heldOut: HeldOut, judge: Int32Array, chosen: readonly ChosenMember[]): JudgedEnsemble {
  const { split, members, trunkMilliseconds } = heldOut;
  const classes = heldOut.classes.length;
  const probabilities = members[0]!.probabilities;
  const everyAnswer = predictedClasses(probabilities, classes);
  const isOn = members.map(({ name }) => chosen.some((member) => member.name === name));
  const rows = [...judge.keys()].filter((row) => isOn[judge[row]!]);
  const labels = Int32Array.from(rows, (row) => heldOut.labels[row]!);
  const predicted = Int32Array.from(rows, (row) => everyAnswer[row]!);
  const judged = new Float32Array(rows.length * classes);
  rows.forEach((row, i) => judged.set(probabilities.subarray(row * classes, (row + 1) * classes), i * classes));
  const views = members.map((member, i): MemberView => {
    const own = [...judge.keys()].filter((row) => judge[row] === i);
    const correct = own.filter((row) => everyAnswer[row] === heldOut.labels[row]).length;
    const weight = chosen.find(({ name }) => name === member.name)?.weight ?? 1;
    const alone = accuracyFromCount(correct, own.length, split);
    return { ...memberFigures(heldOut, i), weight, on: isOn[i]!, alone, gain: null };
  });
  const answers = members.map((_, i) => everyAnswer.map((answer, row) => (judge[row] === i ? answer : -1)));
  const worst = highestLoss(probabilities, heldOut.labels, classes).filter((row) => isOn[judge[row]!]);
  return {
    runId: heldOut.runId,
    classes: heldOut.classes,
    split,
    n: rows.length,
    comparable: false,
    members: views,
    accuracy: accuracyFromCount(countCorrect(predicted, labels), rows.length, split),
    figures: figuresOf(judged, labels, classes),
    temperature: heldOut.temperature,
    verdicts: verdictsOf([{ split, classes: heldOut.classes, labels, probabilities: judged, members: null }]),
    bestSingle: null,
    disagreement: 0,
    millisecondsPerPicture: trunkMilliseconds,
    staircase: [],
    subsets: [],
    agreement: [],
    ...byClass(predicted, labels, classes),
    worst: judgedPictures(
      heldOut,
      { probabilities, predicted: everyAnswer, byMember: answers },
      worst.slice(0, mostWorst),
    ),
  };
}

function memberFigures({ members, trunkMilliseconds }: HeldOut, place: number) {
  const { name, kind, index, sha256, bytes, milliseconds } = members[place]!;
  return { name, kind, index, sha256, bytes, millisecondsPerPicture: trunkMilliseconds + milliseconds };
}

function byClass(
  predicted: Int32Array,
  labels: Int32Array,
  classes: number,
): Pick<JudgedEnsemble, 'confusion' | 'perClass'> {
  const confusion = confusionMatrix(predicted, labels, classes);
  const perClass = classReports(confusion).map((report, label) => ({
    label,
    precision: report.predicted === 0 ? null : report.precision,
    recall: report.support === 0 ? null : report.recall,
    n: report.support,
  }));
  return { confusion, perClass };
}

/** Rows by −ln p(label), highest first; equals in their own order. */
function highestLoss(probabilities: Float32Array, labels: Int32Array, classes: number): number[] {
  const ofLabel = Array.from(labels, (label, row) => probabilities[row * classes + label]!);
  return [...ofLabel.keys()].sort((a, b) => ofLabel[a]! - ofLabel[b]! || a - b);
}

/** What an ensemble and its members say of the held-out pictures. */
interface Answers {
  /** [pictures, classes] of the ensemble. */
  readonly probabilities: Float32Array;
  /** Class of each picture by the ensemble. */
  readonly predicted: Int32Array;
  /** Class of each picture by each member; −1 where the member did not judge it. */
  readonly byMember: readonly Int32Array[];
}

function judgedPictures(
  heldOut: HeldOut,
  { probabilities, predicted, byMember }: Answers,
  rows: readonly number[],
): JudgedPicture[] {
  const classes = heldOut.classes.length;
  return rows.map((row) => ({
    path: heldOut.paths[row]!,
    label: heldOut.labels[row]!,
    predicted: predicted[row]!,
    probability: probabilities[row * classes + predicted[row]!]!,
    labelProbability: probabilities[row * classes + heldOut.labels[row]!]!,
    answers: byMember.map((answer) => answer[row]!),
  }));
}

/** Pictures of one cell of the confusion matrix, the most certain answer first. @throws ensemble.unknownMember */
export function picturesOfCell(
  heldOut: HeldOut,
  given: readonly ChosenMember[],
  { label, predicted }: { readonly label: number; readonly predicted: number },
): JudgedPicture[] {
  const classes = heldOut.classes.length;
  const average = averageOf(heldOut, given);
  const taken = predictedClasses(average, classes);
  const { judge, members } = heldOut;
  const isOn = members.map(({ name }) => given.some((member) => member.name === name));
  const answers = members.map(({ probabilities }, i) =>
    predictedClasses(probabilities, classes).map((answer, row) => (judge && judge[row] !== i ? -1 : answer)),
  );
  const rows = [...taken.keys()]
    .filter((row) => heldOut.labels[row] === label && taken[row] === predicted && (!judge || isOn[judge[row]!]))
    .sort((a, b) => average[b * classes + predicted]! - average[a * classes + predicted]! || a - b);
  return judgedPictures(heldOut, { probabilities: average, predicted: taken, byMember: answers }, rows);
}
