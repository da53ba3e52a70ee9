import * as v from 'valibot';
import { count } from './schemas.ts';
import type { FailureData } from '../base/failure.ts';

/**
 * What a page in a browser asks of `anneal serve` over HTTP, beside the engine's commands on `socket`. Addresses are relative to
 * the page. A refusal has a status from 400 up and a `HostRefusal` as its JSON.
 *
 * | address                     | method | answer                                                                            |
 * | --------------------------- | ------ | --------------------------------------------------------------------------------- |
 * | files/browse?path=          | GET    | BrowsedFolder; without `path` the allowed folders                                   |
 * | files/uploads               | POST   | takes an UploadPlan, gives UploadBegun                                              |
 * | files/uploads/ID/PATH       | PUT    | one file's bytes; PATH as in `UploadPlan`, each part percent-encoded; 204           |
 * | files/uploads/ID            | POST   | all files are there: UploadDone                                                     |
 * | files/uploads/ID            | DELETE | given up: what was copied goes; 204                                                 |
 * | files/export-place?name=    | GET    | ExportPlace: where a command may write an export of that name                       |
 * | files/download?path=        | GET    | a written export as a file to keep, a folder as a ZIP archive                       |
 * | media/thumbnail, media/picture | GET | see the engine's MediaSource                                                       |
 */
export interface BrowsedFolder {
  /** null: the list of allowed folders. */
  readonly path: string | null;
  /** The folder above; null where it is not allowed. */
  readonly parent: string | null;
  /** Sorted by name; hidden ones are left out. */
  readonly folders: readonly { readonly name: string; readonly path: string }[];
  /** Pictures directly inside, by their names. */
  readonly pictures: number;
}

export const uploadPlanSchema = v.strictObject({
  /** A folder with its files, or one file. */
  kind: v.picklist(['folder', 'file']),
  /** The folder's or file's own name. The paths of a folder's files are relative to it, '/'-separated. */
  name: v.pipe(v.string(), v.minLength(1), v.maxLength(255)),
  files: v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(1_000_000)),
  bytes: count,
});
export type UploadPlan = v.InferOutput<typeof uploadPlanSchema>;

export interface UploadBegun {
  readonly upload: string;
}

export interface UploadDone {
  /** Absolute path of the folder or file. */
  readonly path: string;
}

export interface ExportPlace {
  readonly path: string;
}

export interface HostRefusal {
  readonly error: FailureData;
}
