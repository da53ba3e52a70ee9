/** What `ProbabilityBars` draws. All pure. */
export interface MemberAnswer {
  /** On its stone, from 1. */
  readonly number: number;
  readonly name: string;
  /** One for each class. */
  readonly probabilities: readonly number[];
}

export interface ProbabilityRow {
  readonly name: string;
  readonly mean: number;
  /** In order of probability; `lane` keeps stones apart that would cover each other: 0 is the middle, then above and below. */
  readonly stones: readonly {
    readonly number: number;
    readonly name: string;
    readonly at: number;
    readonly lane: number;
  }[];
}

/** The most probable classes, the first one first. `apart`: share of the line's length that a stone takes. */
export function probabilityRows(
  classes: readonly string[],
  mean: readonly number[],
  members: readonly MemberAnswer[],
  { most, apart }: { most: number; apart: number },
): readonly ProbabilityRow[] {
  const order = classes.map((_, i) => i).sort((a, b) => mean[b]! - mean[a]! || a - b);
  return order.slice(0, most).map((label) => ({
    name: classes[label]!,
    mean: mean[label]!,
    stones: placeStones(members, label, apart),
  }));
}

function placeStones(members: readonly MemberAnswer[], label: number, apart: number): ProbabilityRow['stones'] {
  const lanes = [0, -1, 1];
  const ends = new Map<number, number>();
  return members
    .map(({ number, name, probabilities }) => ({ number, name, at: probabilities[label]! }))
    .sort((a, b) => a.at - b.at || a.number - b.number)
    .map((stone) => {
      const free = lanes.find((lane) => stone.at - (ends.get(lane) ?? -Infinity) >= apart);
      // All are taken: over the one that is furthest away.
      const lane = free ?? lanes.reduce((a, b) => ((ends.get(a) ?? 0) <= (ends.get(b) ?? 0) ? a : b));
      ends.set(lane, stone.at);
      return { ...stone, lane };
    });
}
