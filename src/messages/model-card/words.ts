import type { AccuracySplit } from '../../protocol/accuracy.ts';

/** The words of a model card in one language. Figures come formatted. */
export interface CardWords {
  readonly summary: (facts: {
    readonly classes: number;
    readonly networks: number;
    readonly architecture: string;
    readonly backbone: string;
    readonly preset: string;
    readonly pictures: number;
    readonly folder: string;
    readonly day: string | null;
  }) => string;
  readonly titles: {
    readonly classes: string;
    readonly accuracy: string;
    readonly limits: string;
    readonly pictures: string;
    readonly network: string;
    readonly training: string;
    readonly input: string;
    readonly use: string;
    readonly configuration: string;
  };
  readonly classOrder: string;
  readonly accuracyColumns: readonly [string, string, string];
  readonly test: string;
  readonly ensemble: string;
  readonly member: (name: string, share: string) => string;
  readonly interval: (low: string, high: string) => string;
  readonly measuredOn: (n: number, split: AccuracySplit) => string;
  readonly notMeasured: string;
  readonly noTest: string;
  readonly testOfOthers: (names: string, accuracy: string) => string;
  readonly limits: (inputSize: number) => readonly string[];
  readonly dataset: (pictures: number, version: number, contentHash: string) => string;
  readonly trainingPictures: (pictures: number, contentHash: string) => string;
  readonly split: (train: number, validation: number, test: number) => string;
  readonly backbone: (name: string, architecture: string) => string;
  readonly weights: (licence: string, source: string) => string;
  readonly membersAveraged: (members: string) => string;
  readonly calibrated: (temperature: string) => string;
  readonly recipe: (preset: string, seed: number, batchSize: number) => string;
  readonly fineTuned: (schedule: string, peak: number, optimizer: string) => string;
  readonly headOnly: string;
  readonly seconds: (seconds: number) => string;
  readonly resize: (side: number, size: number, bicubic: boolean) => string;
  readonly normalise: (mean: string, std: string) => string;
  readonly noLibrary: (architecture: string) => string;
}
