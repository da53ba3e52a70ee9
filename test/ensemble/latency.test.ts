import { describe, expect, it } from 'vitest';
import { latencyShares } from '../../src/ensemble/latency.ts';
import { writeModelFolder } from '../../src/ensemble/model-folder.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';
import { tinyDraft } from '../support/tiny-model.ts';

/** By hand, 24 pixels, stride 2: 12 × 12 positions of 3·3·3·8 weights, then of 3·3·8; 8·3 weights of the head once. */
const trunk = 144 * 216;
const behind = 144 * 72 + 24;

describe('the time of an averaged ensemble', () => {
  it('falls on the shared trunk once and on what each averaged member has alone', async () => {
    const model = await writeModelFolder(temporaryFolder(), tinyDraft(true));
    const total = trunk + 2 * behind;
    const shares = latencyShares(model);
    expect(shares.trunk).toBeCloseTo(trunk / total, 12);
    expect(shares.members).toHaveLength(2);
    for (const share of shares.members) expect(share).toBeCloseTo(behind / total, 12);
  });

  it('falls on the members alone where they share nothing', async () => {
    const model = await writeModelFolder(temporaryFolder(), tinyDraft(false));
    expect(latencyShares(model)).toEqual({ trunk: 0, members: [0.5, 0.5] });
  });
});
