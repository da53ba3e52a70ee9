import type { ModelFiles } from '../ensemble/model-folder.ts';
import type { VerificationPictures } from './verify.ts';

export interface ExportTarget {
  /** Temporary path, not there yet: a file or a folder as the format has it. */
  readonly path: string;
  /** Name that it will have. */
  readonly fileName: string;
  readonly versions: Readonly<Record<string, string>>;
}

/** One format a model can be exported to. */
export interface Exporter {
  /** True: it resizes pictures by itself, so that only the first choice can be required to be equal. */
  readonly ownResize: boolean;
  write(files: ModelFiles, target: ExportTarget): Promise<void>;
  /** Loads what was written as its users will, and asks it. float32 [n, classes]. */
  runBack(path: string, files: ModelFiles, pictures: VerificationPictures): Promise<Float32Array>;
}
