import type { ErrorParams } from '../../base/errors.ts';
import { plural } from '../ui/format.ts';
import type { MessageTable } from '../table.ts';

const percent = (value: unknown) => `${(100 * Number(value)).toFixed(1)} %`;
const kinds: Readonly<Record<string, string>> = { validation: 'validation ', test: 'test ', train: 'training ' };

/** '265 test pictures'. Out of fold no word is needed: all pictures were judged so. */
const pictures = ({ n, split }: ErrorParams) =>
  `${String(n)} ${kinds[String(split)] ?? ''}${plural('en', Number(n), { one: 'picture', other: 'pictures' })}`;

const ordinals = ['first', 'second', 'third', 'fourth', 'fifth', 'sixth', 'seventh', 'eighth', 'ninth', 'tenth'];
const numbers = ['no one', 'one', 'two', 'three', 'four', 'five', 'six', 'seven', 'eight', 'nine', 'ten'];
const ordinal = (n: unknown) => ordinals[Number(n) - 1] ?? `${String(n)}th`;
const number = (n: unknown) => numbers[Number(n)] ?? String(n);

export const verdicts = {
  'verdict.noBetterThanConstant': (p) => ({
    message:
      `No better than always answering “${String(p['label'])}”${isAbove(p) ? ' beyond chance' : ''}: ${percent(p['rate'])} of ${pictures(p)} ` +
      `are “${String(p['label'])}”, and the network is right on ${percent(p['accuracy'])}.`,
    hint: 'Look at the pictures that are confused; more pictures of the rare classes, or class weights, may help.',
  }),
  'verdict.tooFewToTell': (p) => ({
    message:
      `Too few pictures to tell the network from always answering “${String(p['label'])}”: only ${String(p['others'])} of ${pictures(p)} ` +
      `${Number(p['others']) === 1 ? 'is' : 'are'} anything else.`,
  }),
  'verdict.alwaysOneClass': (p) => ({
    message: `The network always says “${String(p['label'])}”, whatever the picture: so on all of ${pictures(p)}.`,
    hint: 'A lower peak learning rate, or the quick preset, gives one that looks at them.',
  }),
  'verdict.neverFound': (p) => ({
    message: `Recall of “${String(p['label'])}” is 0 of ${pictures(p)}: the network never finds it.`,
    hint: 'More pictures of that class, class weights or the balanced sampler help.',
  }),
  'verdict.betterAlone': (p) => ({
    message:
      `The ${ordinal(p['number'])} snapshot alone is better than the mean of all ${number(p['members'])}: ${percent(p['alone'])} against ` +
      `${percent(p['together'])} of ${pictures(p)}.`,
  }),
  'verdict.addsNothing': (p) => ({
    message:
      Number(p['dropped']) > 1
        ? `The ${ordinal(p['from'])} to ${ordinal(p['to'])} snapshots add nothing beyond chance; ${isEnough(p['keep'])}.`
        : `The ${ordinal(p['from'])} snapshot adds nothing beyond chance; ${isEnough(p['keep'])}.`,
  }),
} satisfies MessageTable;

const isAbove = (p: ErrorParams) => Number(p['accuracy']) > Number(p['rate']);
const isEnough = (keep: unknown) => `${number(keep)} ${Number(keep) === 1 ? 'is' : 'are'} enough`;
