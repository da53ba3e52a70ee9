import type { ErrorData } from '../base/errors.ts';

/** A pretrained backbone as a person sees it in a list. */
export interface ZooEntry {
  readonly name: string;
  /** The name that people know: 'EfficientNet-Lite0'. */
  readonly title: string;
  readonly architecture: string;
  readonly licence: string;
  readonly source: string;
  /** Published top-1 accuracy on ImageNet, a fraction; null where none is known. */
  readonly top1: number | null;
  readonly inputSize: number;
  readonly parameters: number | null;
  readonly installed: boolean;
  /** Size of its weights file; null where not known before it is fetched. */
  readonly bytes: number | null;
  /** It came with the application and cannot be removed. */
  readonly embedded: boolean;
  /** Pictures a second through it on this machine: measured, or estimated from another that was. */
  readonly speed: { readonly picturesPerSecond: number; readonly measured: boolean } | null;
  /** For the dataset asked about. `reason` is words in messages/. */
  readonly suitability: { readonly word: 'good' | 'works' | 'poor'; readonly reason: ErrorData } | null;
  readonly paper: string | null;
  readonly layerGroups: readonly string[];
}
