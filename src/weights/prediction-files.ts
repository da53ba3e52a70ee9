import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import * as v from 'valibot';
import { splitSchema, type AccuracySplit } from '../protocol/accuracy.ts';
import type { RunMember } from '../protocol/run-member.ts';
import { storedKind, upgrade } from '../stored/kind.ts';
import { float32Tensor, type HostTensor } from './host-tensor.ts';
import { readSafetensors, writeSafetensors } from './safetensors.ts';

/**
 * Predictions of a run's members, in `<runFolder>/predictions`: `held-out.safetensors` the pictures that choices are made on,
 * `<name>-<sha256>.safetensors` the probabilities of each member on them, `test.safetensors` those of all members on the test part.
 */
export const predictionsFolder = (runFolder: string): string => join(runFolder, 'predictions');

export const heldOutFileName = 'held-out.safetensors';
const testFileName = 'test.safetensors';

export interface HeldOutFile {
  readonly split: AccuracySplit;
  /** Indices into the dataset, one a row. */
  readonly pictures: Int32Array;
  readonly labels: Int32Array;
  /** Layers that all members share, milliseconds a picture; null where it was not timed. */
  readonly trunkMilliseconds: number | null;
  /** Heads of folds: for each picture the place of the one member that did not train on it, and the probabilities of that one. */
  readonly byFolds: { readonly judge: Int32Array; readonly probabilities: Float32Array } | null;
}

/** What the file says beside its tensors. */
const heldOutKind = storedKind('heldOut', v.object({ split: splitSchema, trunkMilliseconds: v.nullable(v.number()) }));

/** Metadata of safetensors are texts. */
function fieldsOfMetadata({
  formatVersion = '1',
  split,
  trunkMilliseconds,
}: Readonly<Record<string, string>>): unknown {
  const isTimed = trunkMilliseconds !== undefined && trunkMilliseconds !== 'null';
  return {
    formatVersion: Number(formatVersion),
    split: split ?? 'validation',
    trunkMilliseconds: isTimed ? Number(trunkMilliseconds) : null,
  };
}

export async function writeHeldOut(runFolder: string, file: HeldOutFile, classes: number): Promise<void> {
  const folder = predictionsFolder(runFolder);
  await mkdir(folder, { recursive: true });
  const { split, pictures, labels, trunkMilliseconds, byFolds } = file;
  const shape = [pictures.length];
  const whole = (data: Int32Array): HostTensor => ({ dtype: 'int32', shape, data: Int32Array.from(data) });
  const tensors: Record<string, HostTensor> = { pictures: whole(pictures), labels: whole(labels) };
  if (byFolds) {
    tensors['judge'] = whole(byFolds.judge);
    tensors['probabilities'] = float32Tensor([...shape, classes], Float32Array.from(byFolds.probabilities));
  }
  const metadata = { formatVersion: String(heldOutKind.version), split, trunkMilliseconds: String(trunkMilliseconds) };
  await writeSafetensors(join(folder, heldOutFileName), tensors, metadata);
}

/** Null where the run has not come so far, or was made before this was kept. */
export async function readHeldOut(runFolder: string): Promise<HeldOutFile | null> {
  const path = join(predictionsFolder(runFolder), heldOutFileName);
  const found = await readSafetensors(path).catch(() => null);
  if (!found) return null;
  const { tensors, metadata } = found;
  const { split, trunkMilliseconds } = upgrade(heldOutKind, fieldsOfMetadata(metadata), path);
  const judge = tensors.get('judge');
  const probabilities = tensors.get('probabilities');
  return {
    split,
    pictures: tensors.get('pictures')!.data as Int32Array,
    labels: tensors.get('labels')!.data as Int32Array,
    trunkMilliseconds,
    byFolds:
      judge && probabilities
        ? { judge: judge.data as Int32Array, probabilities: probabilities.data as Float32Array }
        : null,
  };
}

type NamedMember = Pick<RunMember, 'name' | 'sha256'>;

function memberFile(runFolder: string, { name, sha256 }: NamedMember): string {
  return join(predictionsFolder(runFolder), `${name}-${sha256.slice(0, 16)}.safetensors`);
}

/** Probabilities of a member on the held-out pictures: float32 [pictures, classes]. */
export async function writeMemberPredictions(
  runFolder: string,
  member: NamedMember,
  probabilities: Float32Array,
  classes: number,
): Promise<void> {
  const shape = [probabilities.length / classes, classes];
  await writeSafetensors(memberFile(runFolder, member), {
    probabilities: float32Tensor(shape, Float32Array.from(probabilities)),
  });
}

/** Null where they are not there. */
export async function readMemberPredictions(runFolder: string, member: NamedMember): Promise<Float32Array | null> {
  const found = await readSafetensors(memberFile(runFolder, member)).catch(() => null);
  return (found?.tensors.get('probabilities')?.data as Float32Array | undefined) ?? null;
}

/** Probabilities of every member on the test part. */
export interface TestFile {
  readonly pictures: Int32Array;
  readonly labels: Int32Array;
  /** By member name: float32 [pictures, classes]. */
  readonly members: ReadonlyMap<string, { readonly data: Float32Array; readonly classes: number }>;
}

export async function writeTest(
  runFolder: string,
  pictures: readonly number[],
  labels: readonly number[],
  members: readonly { readonly name: string; readonly probabilities: Float32Array }[],
  classes: number,
): Promise<void> {
  await mkdir(predictionsFolder(runFolder), { recursive: true });
  const shape = [pictures.length];
  const tensors: Record<string, HostTensor> = {
    '#pictures': { dtype: 'int32', shape, data: Int32Array.from(pictures) },
    '#labels': { dtype: 'int32', shape, data: Int32Array.from(labels) },
  };
  for (const { name, probabilities } of members)
    tensors[name] = float32Tensor([...shape, classes], Float32Array.from(probabilities));
  await writeSafetensors(join(predictionsFolder(runFolder), testFileName), tensors);
}

/** Null where the run had no test part. */
export async function readTest(runFolder: string): Promise<TestFile | null> {
  const found = await readSafetensors(join(predictionsFolder(runFolder), testFileName)).catch(() => null);
  if (!found) return null;
  const members = [...found.tensors].flatMap(([name, { data, shape }]) =>
    data instanceof Float32Array ? [[name, { data, classes: shape[1]! }] as const] : [],
  );
  return {
    pictures: found.tensors.get('#pictures')!.data as Int32Array,
    labels: found.tensors.get('#labels')!.data as Int32Array,
    members: new Map(members),
  };
}
