/** A pretrained backbone as a person sees it in a list. */
export interface ZooEntry {
  readonly name: string;
  readonly architecture: string;
  readonly licence: string;
  readonly source: string;
  /** Published top-1 accuracy on ImageNet, a fraction; null where none is known. */
  readonly top1: number | null;
  readonly inputSize: number;
  readonly parameters: number | null;
  readonly installed: boolean;
}
