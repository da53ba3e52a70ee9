/** Which pictures an accuracy was measured on. `outOfFold`: each picture judged by the fold model that did not see it. */
export type AccuracySplit = 'train' | 'validation' | 'test' | 'outOfFold';

/** An accuracy never stands alone: the pictures it was measured on and its 95 % Wilson interval stand beside it. Fractions. */
export interface Accuracy {
  readonly accuracy: number;
  readonly split: AccuracySplit;
  readonly n: number;
  readonly low: number;
  readonly high: number;
}
