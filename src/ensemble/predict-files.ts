import { toErrorData } from '../base/errors.ts';
import { decodePicture, decodeTarget } from '../data/decode-picture.ts';
import { defaultConcurrency, runPool } from '../data/run-pool.ts';
import type { Problem } from '../protocol/dataset.ts';
import type { ModelFiles } from './model-folder.ts';
import { createPredictor } from './predictor.ts';

/** A picture's answers, float32 [classes] each. */
interface FileAnswer {
  /** Place in the list that was asked for. */
  readonly index: number;
  readonly ensemble: Float32Array;
  readonly members: readonly Float32Array[];
}

export interface PredictFilesOptions {
  readonly files: ModelFiles;
  /** Absolute paths. */
  readonly paths: readonly string[];
  /** Called in the order of `paths`; unreadable ones are left out. */
  readonly onAnswer: (answer: FileAnswer) => void;
  readonly onProgress: (done: number, total: number) => void;
  /** Awaited between batches; may throw to stop. */
  readonly between: () => Promise<void>;
}

/**
 * Decodes and judges pictures in batches: memory does not grow with their number. The next batch is decoded while
 * TensorFlow computes. Returns the files that could not be read, with their reasons, the names of the members, and how long the
 * networks took for a picture.
 */
export async function predictFiles(options: PredictFilesOptions): Promise<{
  readonly problems: Problem[];
  readonly memberNames: readonly string[];
  readonly millisecondsPerPicture: number;
}> {
  const { files, paths, onAnswer, onProgress, between } = options;
  const target = decodeTarget(files.model.preprocessing);
  const predictor = await createPredictor(files);
  const problems: Problem[] = [];
  let computing = 0;
  const stride = target.side * target.side * 3;
  const decodeBatch = async (start: number) => {
    const count = Math.min(predictor.batchSize, paths.length - start);
    const decoded: (Uint8Array | null)[] = new Array<Uint8Array | null>(count).fill(null);
    await runPool(count, defaultConcurrency, async (i) => {
      const path = paths[start + i]!;
      decoded[i] = await decodePicture(path, target).catch((error: unknown) => {
        problems.push({ path, ...problemOf(error) });
        return null;
      });
    });
    return decoded.flatMap((pixels, i) => (pixels ? [{ index: start + i, pixels }] : []));
  };
  try {
    let next = paths.length > 0 ? decodeBatch(0) : Promise.resolve([]);
    for (let start = 0; start < paths.length; start += predictor.batchSize) {
      const batch = await next;
      if (start + predictor.batchSize < paths.length) next = decodeBatch(start + predictor.batchSize);
      const pixels = new Uint8Array(batch.length * stride);
      batch.forEach((picture, i) => pixels.set(picture.pixels, i * stride));
      const started = performance.now();
      const { ensemble, members } = predictor.probabilities(pixels, batch.length);
      computing += performance.now() - started;
      const row = (all: Float32Array, i: number) =>
        all.slice(i * predictor.labels.length, (i + 1) * predictor.labels.length);
      batch.forEach(({ index }, i) =>
        onAnswer({ index, ensemble: row(ensemble, i), members: members.map((member) => row(member, i)) }),
      );
      onProgress(Math.min(paths.length, start + predictor.batchSize), paths.length);
      await between();
    }
  } finally {
    predictor.dispose();
  }
  const millisecondsPerPicture = computing / Math.max(1, paths.length - problems.length);
  return { problems, memberNames: predictor.memberNames, millisecondsPerPicture };
}

function problemOf(error: unknown): Omit<Problem, 'path'> {
  const { code, params } = toErrorData(error);
  const plain = Object.entries(params).map(([name, value]) => [
    name,
    typeof value === 'number' ? value : String(value),
  ]);
  return { code, params: Object.fromEntries(plain) as Problem['params'] };
}
