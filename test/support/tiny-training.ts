import { mkdir } from 'node:fs/promises';
import { forkLane, type LaneProcess } from '../../src/engine/fork-lane.ts';
import type { Engine } from '../../src/engine/create-engine.ts';
import type { RunEvent } from '../../src/protocol/run-event.ts';
import type { StoredEvent } from '../../src/protocol/run-record.ts';
import { makePictures } from './make-pictures.ts';

/** A real training of a few seconds: ResNet-20 from random weights on small pictures, with `cycles` snapshots. */
export function tinyTraining(cycles = 2, epochs = 1): { preset: 'scratch'; set: string[] } {
  const set = [`schedule.cycleEpochs=${epochs}`, `schedule.numCycles=${cycles}`, 'data.batchSize=8'];
  return { preset: 'scratch', set };
}

export async function tinyPictures(folder: string, perClass = 10): Promise<string> {
  await mkdir(folder, { recursive: true });
  await makePictures(folder, { classes: ['red', 'blue'], perClass, width: 32, height: 32, seed: 1, format: 'png' });
  return folder;
}

/** A fork that remembers the process which was given the newest training. */
export function rememberingFork(): { fork: () => LaneProcess; trainer: () => LaneProcess } {
  let trainer: LaneProcess | null = null;
  const fork = (): LaneProcess => {
    const lane = forkLane();
    const send: LaneProcess['send'] = (message) => {
      if (message.type === 'job' && message.job.kind === 'train') trainer = lane;
      lane.send(message);
    };
    return { ...lane, send };
  };
  return { fork, trainer: () => trainer! };
}

/** Listens from the first event on; `until` resolves with the first event of that type from now on. */
export function listen(engine: Engine, runId: string, from = 0) {
  const events: StoredEvent[] = [];
  const waiting = new Map<string, ((event: RunEvent) => void)[]>();
  const unsubscribe = engine.subscribe({ runId, from }, (stored) => {
    events.push(stored);
    waiting.get(stored.event.type)?.forEach((resolve) => resolve(stored.event));
    waiting.delete(stored.event.type);
  });
  const until = (type: RunEvent['type']): Promise<RunEvent> =>
    new Promise((resolve) => waiting.set(type, [...(waiting.get(type) ?? []), resolve]));
  /** Resolves with the event that ends the run; one that has been told already counts. */
  const ended = async (): Promise<RunEvent> => {
    const ends: RunEvent['type'][] = ['runFinished', 'runFailed', 'runCancelled'];
    const known = events.find(({ event }) => ends.includes(event.type));
    return known?.event ?? Promise.race(ends.map(until));
  };
  return { events, until, ended, unsubscribe, types: () => events.map(({ event }) => event.type) };
}
