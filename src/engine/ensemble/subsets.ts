import { ensembleMilliseconds } from '../../metrics/ensemble-report.ts';
import { subsetScores, type SubsetScore } from '../../metrics/ensemble-subsets.ts';
import type { ChosenMember, EnsembleView } from '../../protocol/ensemble-view.ts';
import type { HeldOut } from './held-out.ts';

/** Subsets do not depend on what is switched on: counted once for the predictions they are made of. */
const counted = new WeakMap<HeldOut, readonly SubsetScore[]>();

function scoresOf(heldOut: HeldOut): readonly SubsetScore[] {
  const cached = counted.get(heldOut);
  if (cached) return cached;
  const scores = subsetScores(
    heldOut.members.map(({ probabilities }) => probabilities),
    heldOut.labels,
  );
  counted.set(heldOut, scores);
  return scores;
}

/** Evaluated subsets with their latency; the chosen members stand among them with the accuracy of their own weights. */
export function subsetsOf(
  heldOut: HeldOut,
  chosen: readonly ChosenMember[],
  chosenAccuracy: number,
): EnsembleView['subsets'] {
  const { members, labels, trunkMilliseconds } = heldOut;
  const n = Math.max(1, labels.length);
  const key = (names: readonly string[]): string => names.join('\n');
  const chosenNames = chosen.map(({ name }) => name);
  const points = scoresOf(heldOut).map(({ members: places, correct }) => ({
    members: places.map((place) => members[place]!.name),
    millisecondsPerPicture: ensembleMilliseconds(
      trunkMilliseconds,
      places.map((place) => members[place]!),
    ),
    accuracy: correct / n,
    chosen: false,
  }));
  const at = points.findIndex(({ members: names }) => key(names) === key(chosenNames));
  const chosenMembers = members.filter(({ name }) => chosenNames.includes(name));
  const point = {
    members: chosenNames,
    millisecondsPerPicture: ensembleMilliseconds(trunkMilliseconds, chosenMembers),
    accuracy: chosenAccuracy,
    chosen: true,
  };
  if (at >= 0) points[at] = point;
  else points.push(point);
  const pareto = paretoLine(points);
  return points.map((candidate, i) => ({ ...candidate, pareto: pareto.has(i) }));
}

/** Points that no other is both as fast as and as accurate as, and better in one; of equals the first. */
function paretoLine(points: readonly { millisecondsPerPicture: number; accuracy: number }[]): ReadonlySet<number> {
  const order = [...points.keys()].sort(
    (a, b) =>
      points[a]!.millisecondsPerPicture - points[b]!.millisecondsPerPicture ||
      points[b]!.accuracy - points[a]!.accuracy ||
      a - b,
  );
  const line = new Set<number>();
  let best = -Infinity;
  for (const index of order) {
    if (points[index]!.accuracy <= best) continue;
    best = points[index]!.accuracy;
    line.add(index);
  }
  return line;
}
