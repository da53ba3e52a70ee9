import type { ModelFiles } from '../ensemble/model-folder.ts';
import type { ExportFormat, ExportOptions } from '../protocol/formats/index.ts';
import type { ModelCard } from '../protocol/model-card.ts';
import type { VerificationPictures } from './verify.ts';

/**
 * What is exported: the averaged ensemble. `ensembleNet(files.model)` describes it as one network, and `files.weights` gives the parameters of
 * each of its parts: a writer of a format needs no more.
 */
export interface ExportedModel {
  readonly files: ModelFiles;
  /** What is known of it, for the page and the small files that go with the weights. */
  readonly card: ModelCard;
  /** Of this application and its runtime. */
  readonly versions: Readonly<Record<string, string>>;
}

interface ExportTarget {
  /** Temporary path, not there yet: a file or a folder as the format has it. */
  readonly path: string;
  /** Name that it will have. */
  readonly fileName: string;
}

/** Writes one format, and asks what it wrote. */
export interface Exporter<K extends ExportFormat = ExportFormat> {
  write(model: ExportedModel, target: ExportTarget, options: ExportOptions<K>): Promise<void>;
  /** Loads what was written as its users will, and asks it. float32 [n, classes]. */
  runBack(
    path: string,
    model: ExportedModel,
    pictures: VerificationPictures,
    options: ExportOptions<K>,
  ): Promise<Float32Array>;
  /** How far probabilities may lie apart; null where it resizes pictures by itself, so that only first choices can be compared. */
  tolerance(options: ExportOptions<K>): number | null;
}
