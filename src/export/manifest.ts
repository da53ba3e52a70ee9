import * as v from 'valibot';
import { damaged, decode, storedKind } from '../stored/kind.ts';
import type { EnsembleModel, WeightsFile } from '../ensemble/ensemble-model.ts';
import { checkModel, relativePath, sha256Text } from '../ensemble/model-schema.ts';

export const manifestName = 'manifest.json';
/** Raised with every change of shape; a reader refuses a newer one. */
export const manifestVersion = 1;

/** The first thing in a bundle: the model and every other file by content. */
export interface Manifest {
  readonly formatVersion: typeof manifestVersion;
  readonly kind: 'anneal-bundle';
  /** What wrote it. */
  readonly versions: Readonly<Record<string, string>>;
  /** How a picture becomes the network's square, in words. */
  readonly resizeDefinition: string;
  readonly model: EnsembleModel;
  /** Every file but this one. */
  readonly files: readonly WeightsFile[];
}

const bundleKind = storedKind(
  'bundle',
  v.object({
    formatVersion: v.literal(manifestVersion),
    kind: v.literal('anneal-bundle'),
    versions: v.record(v.string(), v.string()),
    resizeDefinition: v.string(),
    model: v.unknown(),
    files: v.pipe(
      v.array(
        v.object({ file: relativePath, sha256: sha256Text, bytes: v.pipe(v.number(), v.integer(), v.minValue(0)) }),
      ),
      v.maxLength(2000),
    ),
  }),
);

/** `where` names the bundle in errors. @throws stored.newer, stored.damaged */
export function parseManifest(text: string, where: string): Manifest {
  const record = decode(bundleKind, text, where);
  const model = checkModel(record.model, where);
  const listed = new Map(record.files.map((file) => [file.file, file]));
  if (listed.size !== record.files.length) throw damaged(bundleKind.name, where, 'files', 'a file is listed twice');
  for (const { file, sha256, bytes } of [...(model.trunk ? [model.trunk] : []), ...model.members]) {
    const entry = listed.get(file);
    if (entry?.sha256 !== sha256 || entry.bytes !== bytes) {
      throw damaged(bundleKind.name, where, 'files', `${file} is listed otherwise than in the model`);
    }
  }
  return { ...record, model };
}
