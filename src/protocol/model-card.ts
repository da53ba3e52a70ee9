import type { Accuracy } from './accuracy.ts';
import type { ChosenMember } from './ensemble-view.ts';
import type { PythonNetwork } from './formats/export-format.ts';
import type { Preprocessing } from './preprocessing.ts';
import type { TrainConfig } from '../settings/train-config.ts';

/** What one page says of a trained ensemble; messages/model-card/ turns it into words. Nothing in it names a place on a machine. */
export interface ModelCard {
  readonly name: string;
  /** Class names in the order of the outputs. */
  readonly labels: readonly string[];
  /** Those that are averaged; shares sum to 1. */
  readonly members: readonly {
    readonly name: string;
    readonly share: number;
    readonly accuracy: Accuracy | null;
  }[];
  /** Of these members on the pictures that choices were made by. */
  readonly accuracy: Accuracy | null;
  /** Of these members on pictures that nothing was chosen by. */
  readonly test: Accuracy | null;
  readonly network: PythonNetwork;
  readonly backbone: string;
  readonly preset: string;
  /** The folder's name, and the pictures that took part in training and choosing. */
  readonly dataset: { readonly name: string; readonly trainingPictures: number; readonly contentHash: string };
  /** Divides the logits of each member before the softmax; 1: probabilities as the networks give them. */
  readonly temperature: number;
  readonly preprocessing: Preprocessing;
  /** Side of the square that a picture is resized to before its centre is taken, pixels. */
  readonly side: number;
  /** Null: the model came as a bundle, without its run. */
  readonly run: RunFacts | null;
}

/** What the workspace knows of a run beside its model. */
export interface RunFacts {
  /** Milliseconds since 1970; with `seconds` null in what is exported: equal runs give equal files. */
  readonly madeAt: number | null;
  /** Of computing. */
  readonly seconds: number | null;
  readonly pictures: number;
  readonly datasetVersion: number;
  readonly split: { readonly train: number; readonly validation: number; readonly test: number } | null;
  /** For whom the test set was opened, and what it said. */
  readonly seal: { readonly members: readonly ChosenMember[]; readonly accuracy: Accuracy } | null;
  /** Of the pretrained weights. */
  readonly licence: { readonly name: string; readonly source: string } | null;
  readonly config: TrainConfig;
}
