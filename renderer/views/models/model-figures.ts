import type { ZooEntry } from '../../../src/protocol/zoo-entry.ts';
import { shownError } from '../../components/error-words.ts';
import { locale } from '../../state/locale.svelte.ts';

/** How a model's figures are written, with their sources. */
export function topOne({ top1 }: ZooEntry): string {
  const text = locale.text.models;
  return top1 === null ? text.noTop1 : text.top1(locale.format.accuracy(top1));
}

export function speedOf({ speed }: ZooEntry): string {
  const text = locale.text.models;
  if (!speed) return text.noSpeed;
  const figure = rate(speed.picturesPerSecond);
  return speed.measured ? text.measured(figure) : text.estimated(figure);
}

export const rate = (picturesPerSecond: number): string =>
  locale.format.decimal(picturesPerSecond, picturesPerSecond < 10 ? 1 : 0);

export function sizeOf({ parameters, inputSize, licence }: ZooEntry): string {
  const parts = [parameters === null ? null : locale.format.parameters(parameters), `${inputSize} px`, licence];
  return parts.filter((part) => part !== null).join(' · ');
}

/** "Good fit: small and fast"; '' where no dataset was asked about. */
export function fitOf({ suitability }: ZooEntry): string {
  if (!suitability) return '';
  return locale.text.models.fit(locale.text.models.fits[suitability.word], shownError(suitability.reason).message);
}

export const bytesOf = ({ bytes }: ZooEntry): string => (bytes === null ? '' : locale.format.bytes(bytes));
