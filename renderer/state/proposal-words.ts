import type { Text } from '../../src/messages/ui/en/index.ts';
import type { PresetName } from '../../src/settings/preset-names.ts';

/** What the wizard says of its goal and of the one that was proposed. */
export interface ProposalWords {
  /** What changes are counted from: the goal, with what was proposed for these pictures. */
  readonly base: string;
  /** Beside the goal while nothing of it is changed. */
  readonly unchanged: string;
  /** Above the reasons of the proposal, where another goal was chosen; else null. */
  readonly insteadOf: string | null;
}

/** One place for header, side panel and review, so that they cannot contradict each other. `proposed`: null before the engine's answer. */
export function proposalWords(preset: PresetName, proposed: PresetName | null, text: Text['train']): ProposalWords {
  const { presets, proposal } = text;
  const taken = preset === proposed;
  return {
    base: (taken ? proposal.base : proposal.ownBase)(presets[preset]),
    unchanged: taken ? proposal.unchanged : proposal.ownUnchanged,
    insteadOf: taken || proposed === null ? null : proposal.insteadOf(presets[proposed]),
  };
}
