import type { Accuracy } from '../../../src/protocol/accuracy.ts';
import { locale } from '../../state/locale.svelte.ts';

/** An accuracy where runs are listed, with what it was measured on: never the test part. Reads the locale. */
export function heldOutText(accuracy: Accuracy | null, none = '–'): string {
  if (!accuracy) return none;
  const { format, text } = locale;
  const { n, split } = accuracy;
  return `${format.accuracy(accuracy.accuracy)} · ${text.runs.judgedOn(format.count(n), split)}`;
}
