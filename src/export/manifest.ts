import * as v from 'valibot';
import { damaged, decode, storedKind } from '../stored/kind.ts';
import type { Immutable } from '../base/immutable.ts';
import { fileSchema, type EnsembleModel } from '../ensemble/ensemble-model.ts';
import { checkModel } from '../ensemble/model-schema.ts';

export const manifestName = 'manifest.json';
/** Raised with every change of shape; a reader refuses a newer one. */
export const manifestVersion = 1;

/** The first thing in a bundle: the model and every other file by content. */
const manifestSchema = v.object({
  formatVersion: v.literal(manifestVersion),
  kind: v.literal('anneal-bundle'),
  /** What wrote it. */
  versions: v.record(v.string(), v.string()),
  /** How a picture becomes the network's square, in words. */
  resizeDefinition: v.string(),
  /** Of a version of its own. */
  model: v.unknown(),
  /** Every file but this one. */
  files: v.pipe(v.array(fileSchema), v.maxLength(2000)),
});
export type Manifest = Omit<Immutable<v.InferOutput<typeof manifestSchema>>, 'model'> & {
  readonly model: EnsembleModel;
};

const bundleKind = storedKind('bundle', manifestSchema);

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
