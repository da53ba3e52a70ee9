import type { GlyphState } from '../components/StateGlyph.svelte';
import type { RunPhase } from '../../src/protocol/run-event.ts';
import type { RunSummary } from '../../src/protocol/run-record.ts';
import { locale } from '../state/locale.svelte.ts';
import type { RunState } from '../state/run-state.svelte.ts';

export interface JobWords {
  readonly glyph: GlyphState;
  /** From most to least important; the first is the run's name. */
  readonly parts: readonly string[];
  /** All of it, for a screen reader. */
  readonly all: string;
  /** Share of the work done, 0 to 1; null while unknown. */
  readonly share: number | null;
}

/** Work on the pictures, before anything learns. */
const before: readonly RunPhase[] = ['scan', 'cache', 'features'];

/** A job in words. Reads the locale, so call it where that is followed. */
export function jobWords(job: RunSummary, state: RunState | null): JobWords {
  const { text, format } = locale;
  const { strip, phases } = text.shell;
  const facts = state?.facts;
  const live = state?.ready ? facts!.state : job.state;
  const phase = live === 'running' || live === 'paused' ? (facts?.phase ?? null) : null;
  const preparing = live === 'running' && (phase ? before.includes(phase.phase) : !facts?.now);
  const glyph = preparing ? 'preparing' : live;

  const name = text.shell.run(job.number);
  const parts = [name];
  const cycle = facts?.cycle ?? (job.progress ? { done: job.progress.cycle, total: job.progress.totalCycles } : null);
  const epoch = facts?.epoch ?? (job.progress ? { done: job.progress.epoch, total: job.progress.totalEpochs } : null);
  if (phase && phase.phase !== 'train') {
    parts.push(strip.phase(phases[phase.phase], format.count(phase.done), format.count(phase.total)));
  } else {
    if (cycle && cycle.total > 1) parts.push(strip.cycle(Math.min(cycle.total, cycle.done + 1), cycle.total));
    if (epoch) parts.push(strip.epoch(epoch.done, epoch.total));
  }
  const best = facts?.ensembles.at(-1)?.report.accuracy ?? job.heldOutAccuracy;
  if (best) parts.push(format.accuracy(best.accuracy));
  const seconds = state?.secondsLeft ?? null;
  const time = seconds === null ? strip.estimating : format.about(seconds);
  if (live === 'running') parts.push(time);
  else parts.push(text.common.states[live]);

  const word = text.common.states[glyph];
  const { now } = facts ?? { now: null };
  const ofPhase = phase && phase.total > 0 ? phase.done / phase.total : null;
  const share = now ? now.step / now.totalSteps : epoch && epoch.total > 0 ? epoch.done / epoch.total : ofPhase;
  return { glyph, parts, all: strip.said(name, word, parts.slice(1).join(', ')), share };
}
