import { describe, expect, it } from 'vitest';
import { proposalWords } from '../../../renderer/state/proposal-words.ts';
import { english } from '../../../src/messages/ui/en/index.ts';
import { russian } from '../../../src/messages/ui/ru/index.ts';
import { presetNames } from '../../../src/settings/preset-names.ts';

describe('what the wizard says of the proposal', () => {
  it('is that it was taken, and what changes are counted from', () => {
    expect(proposalWords('quick', 'quick', english.train)).toEqual({
      base: 'Quick as proposed',
      unchanged: 'as proposed',
      insteadOf: null,
    });
  });

  it('is that another goal was chosen, which is nowhere called as proposed', () => {
    expect(proposalWords('thorough', 'quick', english.train)).toEqual({
      base: 'Thorough for these pictures',
      unchanged: 'no changes',
      insteadOf: 'Quick is what was proposed:',
    });
    expect(proposalWords('thorough', 'quick', russian.train)).toEqual({
      base: '«Тщательно» (для этих картинок)',
      unchanged: 'без изменений',
      insteadOf: 'Было предложено «Быстро»:',
    });
  });

  it('never speaks of the goal as proposed beside another one that was', () => {
    for (const { train } of [english, russian])
      for (const preset of presetNames)
        for (const proposed of presetNames) {
          const { unchanged, insteadOf } = proposalWords(preset, proposed, train);
          expect(unchanged === train.proposal.unchanged, `${preset} of ${proposed}`).toBe(insteadOf === null);
        }
  });

  it('is nothing of a proposal before there is one', () => {
    expect(proposalWords('balanced', null, english.train)).toMatchObject({ unchanged: 'no changes', insteadOf: null });
  });
});
