import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import * as v from 'valibot';
import { AnnealError } from '../base/errors.ts';
import { sizeOf } from '../base/size-of.ts';
import { buildNet } from '../models/index.ts';
import type { NetSpec } from '../models/net-spec.ts';
import { scoresNode } from '../models/rewrites.ts';
import { paramsOfNode } from '../models/spec-queries.ts';
import type { Preprocessing } from '../protocol/preprocessing.ts';
import { encode } from '../stored/kind.ts';
import { writeFileAtomic } from '../weights/atomic-file.ts';
import type { HostTensor } from '../weights/host-tensor.ts';
import { stripPrefix } from '../weights/parameter-names.ts';
import { readWeights } from '../weights/read-weights.ts';
import { encodeSafetensors } from '../weights/safetensors.ts';
import { sha256Of } from './file-hash.ts';
import { toListing, type ZooListing } from './list-zoo.ts';
import { modelName, strictPreprocessingSchema, zooRecordKind, type ZooModel } from './manifest.ts';
import { recogniseArchitecture } from './recognise.ts';
import { findModel } from './resolve-backbone.ts';
import { folderError, makeZooFolder, readRecords, recordSuffix, weightsPath } from './zoo-folder.ts';

export interface ImportOptions {
  readonly zooFolder: string;
  /** Lower case; must be new. */
  readonly name: string;
  /** A name that models/ builds; the file's parameters must fit it. Default: the one they fit. */
  readonly architecture?: string;
  /** What the weights were trained with; default: the architecture's usual one. */
  readonly preprocessing?: Preprocessing;
  readonly licence?: string;
  readonly source?: string;
}

/** Takes a weights file of the user's into the zoo: read, checked against its architecture, kept as safetensors. */
export async function importModel(path: string, options: ImportOptions): Promise<ZooListing> {
  const { zooFolder, name } = options;
  if (!v.is(modelName, name)) throw new AnnealError('zoo.badName', { name });
  const records = await readRecords(zooFolder);
  if (records.some((record) => record.name === name)) throw new AnnealError('zoo.nameTaken', { name });
  const tensors = stripPrefix((await readWeights(path)).tensors);
  const architecture = options.architecture ?? recogniseArchitecture(tensors);
  const usual = buildNet(architecture);
  const preprocessing = options.preprocessing ?? usual.preprocessing;
  const checked = v.safeParse(strictPreprocessingSchema, preprocessing);
  if (!checked.success) {
    const [issue] = checked.issues;
    throw new AnnealError('zoo.badPreprocessing', {
      problem: `${v.getDotPath(issue) ?? 'preprocessing'}: ${issue.message}`,
    });
  }

  const spec = buildNet(architecture, { classes: classesIn(tensors, usual) });
  checkFit(spec, tensors);
  const bytes = encodeSafetensors(tensors, { format: 'pt' });
  const model: ZooModel = {
    name,
    title: name,
    architecture,
    file: `${name}.safetensors`,
    sha256: sha256Of(bytes),
    bytes: bytes.byteLength,
    embedded: false,
    parameters: spec.params.filter(({ trains }) => trains).reduce((sum, { shape }) => sum + sizeOf(shape), 0),
    classes: spec.classes,
    trainedOn: null,
    preprocessing: checked.output,
    top1: null,
    top1Source: null,
    licence: options.licence ?? 'not stated',
    licenceFile: null,
    source: options.source ?? `imported from ${path}`,
    publisher: null,
    publisherWords: null,
    publisherCaution: null,
    package: null,
  };

  await makeZooFolder(zooFolder);
  try {
    // The record comes last: a file without one is not in the list.
    await writeFileAtomic(weightsPath(model, zooFolder), bytes);
    await writeFileAtomic(join(zooFolder, name + recordSuffix), encode(zooRecordKind, model));
  } catch (error) {
    throw folderError(zooFolder, error as NodeJS.ErrnoException);
  }
  return await toListing(model, zooFolder);
}

/** Deletes a pulled or imported model from the zoo folder; a pulled one can be pulled again. */
export async function removeModel(name: string, zooFolder: string): Promise<void> {
  const model = await findModel(name, zooFolder);
  if (model.embedded) throw new AnnealError('zoo.embeddedStays', { name });
  await rm(join(zooFolder, name + recordSuffix), { force: true });
  await rm(weightsPath(model, zooFolder), { force: true });
}

/** Outputs of the classifier that the file holds; the published number where it has none or an odd one (checkFit then says so). */
function classesIn(tensors: ReadonlyMap<string, HostTensor>, spec: NetSpec): number {
  const [weight] = paramsOfNode(scoresNode(spec));
  const classes = tensors.get(weight!)?.shape[0];
  return classes !== undefined && classes >= 1 ? classes : spec.classes;
}

function checkFit(spec: NetSpec, tensors: ReadonlyMap<string, HostTensor>): void {
  const { params } = spec;
  const expected = new Set(params.map(({ name }) => name));
  const missing = params.filter(({ name }) => !tensors.has(name)).map(({ name }) => name);
  const unexpected = [...tensors.keys()].filter((name) => !expected.has(name) && !name.endsWith('num_batches_tracked'));
  const mismatched = params
    .filter(({ name, shape }) => tensors.has(name) && tensors.get(name)!.shape.join() !== shape.join())
    .map(({ name, shape }) => `${name} [${tensors.get(name)!.shape.join()}], expected [${shape.join()}]`);
  if (missing.length + unexpected.length + mismatched.length === 0) return;
  throw new AnnealError('models.parameterMismatch', {
    architecture: spec.architecture,
    missing: some(missing),
    unexpected: some(unexpected),
    mismatched: some(mismatched),
  });
}

const some = (names: readonly string[]) =>
  names.length > 5 ? [...names.slice(0, 5), `and ${names.length - 5} more`] : names.length > 0 ? names : ['none'];
