import { readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { cropRectangle } from '../../data/crop-rectangle.ts';
import { decodePicture, decodeTarget } from '../../data/decode-picture.ts';
import { openPicture } from '../../data/open-picture.ts';
import { createPredictor, type Predictor } from '../../ensemble/predictor.ts';
import { openModel } from '../../export/open-model.ts';
import type { ModelRef } from '../../protocol/lane-job.ts';
import type { Preprocessing } from '../../protocol/preprocessing.ts';
import { loadRuntime } from '../../tensor/runtime.ts';
import { membersFileName } from '../../weights/members-file.ts';
import { modelFileName } from '../../weights/model-file.ts';
import type { JobHandler } from '../job-handler.ts';

interface Ready {
  readonly key: string;
  readonly predictor: Predictor;
  readonly preprocessing: Preprocessing;
}

/** The model asked last, compiled for one picture: a camera asks five times a second. */
let ready: Ready | null = null;

/** What the ensemble and each of its members say of one picture, and which part of it they saw. */
export const classify: JobHandler<'classify'> = async ({ model, picture, threads }) => {
  await loadRuntime({ threads });
  const { predictor, preprocessing } = await readyFor(model);
  const bytes = 'path' in picture ? await readFile(picture.path) : picture.bytes;
  const started = performance.now();
  const { width, height } = await openPicture(bytes);
  const square = await decodePicture(bytes, decodeTarget(preprocessing));
  const { ensemble, members } = predictor.probabilities(square, 1);
  const milliseconds = performance.now() - started;
  const best = ensemble.indexOf(Math.max(...ensemble));
  return {
    classes: predictor.labels,
    answer: {
      path: 'path' in picture ? picture.path : picture.name,
      label: predictor.labels[best]!,
      probability: ensemble[best]!,
      probabilities: [...ensemble],
      members: members.map((values, i) => ({ name: predictor.memberNames[i]!, probabilities: [...values] })),
      crop: cropRectangle({ width, height }, preprocessing),
      width,
      height,
      milliseconds,
    },
  };
};

async function readyFor(model: ModelRef): Promise<Ready> {
  const places =
    model.kind === 'run' ? [modelFileName, membersFileName].map((name) => join(model.folder, name)) : [model.path];
  const stamps = await Promise.all(places.map(stampOf));
  const key = JSON.stringify([places, stamps, model.chosen?.members ?? null, model.uncalibrated ?? false]);
  if (ready?.key === key) return ready;
  ready?.predictor.dispose();
  ready = null;
  const files = await openModel(model);
  try {
    const predictor = await createPredictor(files, { batchSize: 1 });
    ready = { key, predictor, preprocessing: files.model.preprocessing };
    return ready;
  } finally {
    await files.close();
  }
}

/** Changes with the file; null where it is not there. */
async function stampOf(path: string): Promise<readonly number[] | null> {
  const found = await stat(path).catch(() => null);
  return found && [found.mtimeMs, found.size];
}
