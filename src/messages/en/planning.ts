import type { ErrorParams } from '../../base/errors.ts';
import type { MessageTable } from '../table.ts';
import { gigabytes } from './gigabytes.ts';

const count = (value: ErrorParams[string] | undefined): string => Number(value).toLocaleString('en');

function time(seconds: ErrorParams[string] | undefined): string {
  if (typeof seconds !== 'number') return 'a while';
  if (seconds < 60) return 'less than a minute';
  const minutes = Math.round(seconds / 60);
  if (minutes < 60) return `about ${minutes} min`;
  return `about ${Math.floor(minutes / 60)} h${minutes % 60 > 0 ? ` ${minutes % 60} min` : ''}`;
}

export const planning = {
  'plan.memory': (p) => ({
    message: `Needs about ${gigabytes(p['needed'])} of memory, ${gigabytes(p['free'])} are free.`,
    expected: `at most ${gigabytes(p['free'])}`,
    received: `about ${gigabytes(p['needed'])}`,
    hint: 'Take a smaller batch or input size, or freeze more layers.',
  }),
  'plan.disk': (p) => ({
    message: `Needs about ${gigabytes(p['needed'])} of disk, ${gigabytes(p['free'])} are free.`,
    expected: `at most ${gigabytes(p['free'])}`,
    received: `about ${gigabytes(p['needed'])}`,
    hint: 'Make room, clear the cache in Settings, or cache fewer views.',
  }),
  'plan.viewsNeedFrozen': () => ({
    message: 'Cached views serve frozen layers, and here every layer learns: the pictures would not be augmented.',
    expected: 'online or none',
    received: 'cachedViews',
    hint: 'Take online, or freeze some layers.',
  }),
  'plan.becauseFew': (p) => ({
    message: `${count(p['pictures'])} training pictures are few: below ${count(p['below'])} one validation part would be mostly noise, so folds judge and every picture trains.`,
  }),
  'plan.becauseEnough': (p) => ({
    message: `${count(p['pictures'])} training pictures are enough to tune the upper layers, not the whole network.`,
  }),
  'plan.becauseMany': (p) => ({
    message: `${count(p['pictures'])} training pictures are enough to tune all layers.`,
  }),
  'plan.becauseSlow': (p) => ({
    message: `${count(p['pictures'])} training pictures would be enough to tune the upper layers, but that takes ${time(p['seconds'])} on this machine.`,
  }),
  'plan.becauseNothingInstalled': () => ({
    message: 'No pretrained network is on this machine, so training can only start from random weights.',
  }),
  'plan.doesQuick': (p) => ({
    message: `All layers of ${p['backbone']} stay frozen; ${p['snapshots']} heads are fitted on its features and averaged.`,
  }),
  'plan.doesBalanced': (p) => ({
    message: `All ${p['groups']} layer groups of ${p['backbone']} learn for a few epochs, the lower ones more slowly; of ${p['snapshots']} snapshots those that help are kept, and nothing that does not beat the frozen backbone.`,
  }),
  'plan.doesThorough': (p) => ({
    message: `All ${p['groups']} layer groups of ${p['backbone']} learn, the lower ones more slowly; of ${p['snapshots']} snapshots those that help are averaged.`,
  }),
  'plan.doesScratch': (p) => ({
    message: `${p['backbone']} learns from nothing in ${p['snapshots']} long cycles; the best snapshots are averaged.`,
  }),
  'plan.forQuick': () => ({
    message: 'Below a few hundred pictures, or for a first look: the network stays as it is, only heads are fitted.',
  }),
  'plan.forBalanced': () => ({
    message:
      'For hundreds to thousands of pictures: all layers are tuned a little, and what does not beat the frozen backbone is not kept.',
  }),
  'plan.forThorough': () => ({
    message: 'For many pictures and an evening: all layers are tuned for longer, with more and more varied snapshots.',
  }),
  'plan.forScratch': () => ({
    message: 'For small pictures that look like nothing photographed: a small network without pretrained weights.',
  }),
} satisfies MessageTable;
