/**
 * Places labels that must not cover each other: each as near to where it wants to stand as the others let it, all inside
 * [low, high], `gap` apart. Returns positions in the order given. Labels that cannot all fit are set evenly.
 */
export function spreadLabels(wanted: readonly number[], gap: number, low: number, high: number): number[] {
  const order = wanted.map((_, i) => i).sort((a, b) => wanted[a]! - wanted[b]!);
  if ((order.length - 1) * gap > high - low) {
    const even = (high - low) / Math.max(1, order.length - 1);
    const positions = new Array<number>(order.length);
    order.forEach((index, rank) => (positions[index] = low + rank * even));
    return positions;
  }
  // Blocks of touching labels stand at the mean of their wishes; a block that touches the one before it joins it.
  const blocks: { start: number; wishes: number[] }[] = [];
  for (const index of order) {
    let block = { start: 0, wishes: [wanted[index]!] };
    block.start = settle(block.wishes);
    for (let before = blocks.at(-1); before && before.start + before.wishes.length * gap > block.start;) {
      blocks.pop();
      block = { start: 0, wishes: [...before.wishes, ...block.wishes] };
      block.start = settle(block.wishes);
      before = blocks.at(-1);
    }
    blocks.push(block);
  }
  const positions = new Array<number>(order.length);
  let rank = 0;
  for (const { start, wishes } of blocks)
    for (let i = 0; i < wishes.length; i++) positions[order[rank++]!] = start + i * gap;
  return positions;

  function settle(wishes: readonly number[]): number {
    const mean = wishes.reduce((sum, wish, i) => sum + wish - i * gap, 0) / wishes.length;
    return Math.min(Math.max(mean, low), high - (wishes.length - 1) * gap);
  }
}
