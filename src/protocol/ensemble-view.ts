import * as v from 'valibot';
import type { Immutable } from '../base/immutable.ts';
import { accuracySchema, type Accuracy, type AccuracySplit } from './accuracy.ts';
import { figuresSchema, type Figures } from './figures.ts';
import type { MemberKind } from './member-kinds/index.ts';
import { verdictSchema, type Verdict } from './verdict.ts';

/** A member and how often it counts; 1 unless greedy selection took it more than once. */
export const chosenMemberSchema = v.object({ name: v.string(), weight: v.pipe(v.number(), v.minValue(0)) });
export type ChosenMember = Immutable<v.InferOutput<typeof chosenMemberSchema>>;

export interface MemberView {
  readonly name: string;
  readonly kind: MemberKind;
  /** Counts the members of its kind from 0. */
  readonly index: number;
  readonly weight: number;
  readonly on: boolean;
  readonly alone: Accuracy;
  /** Points of accuracy (a fraction): what it added in the order shown; when off, what it would add now. Null for the first. */
  readonly gain: number | null;
  readonly millisecondsPerPicture: number;
  readonly bytes: number;
  readonly sha256: string;
}

export interface ClassFigures {
  readonly label: number;
  /** Null where nothing was predicted as this class. */
  readonly precision: number | null;
  readonly recall: number | null;
  readonly n: number;
}

export interface JudgedPicture {
  /** Relative to the dataset's root. */
  readonly path: string;
  readonly label: number;
  readonly predicted: number;
  /** Ensemble's probability of `predicted`, and of the true class. */
  readonly probability: number;
  readonly labelProbability: number;
  /** Every member's answer, in the order of `EnsembleView.members`; -1 where it trained on the picture. */
  readonly answers: readonly number[];
}

/** An ensemble judged from stored probabilities. Accuracies are fractions. */
export interface EnsembleView {
  readonly runId: string;
  readonly classes: readonly string[];
  readonly split: AccuracySplit;
  readonly n: number;
  /**
   * False for heads of folds: each picture was judged by the one head that did not train on it. Then `accuracy` is that of single heads
   * on pictures new to each; members cannot be compared, and gains, staircase, subsets, agreement and `bestSingle` are left out.
   */
  readonly comparable: boolean;
  readonly members: readonly MemberView[];
  readonly accuracy: Accuracy;
  /** Of the same pictures; null where there are none. */
  readonly figures: Figures | null;
  /** Of the model, which every probability here is told at. */
  readonly temperature: number;
  /** What is to be said of these members on these pictures, and of the test part once it is open. */
  readonly verdicts: readonly Verdict[];
  readonly bestSingle: { readonly name: string; readonly accuracy: number } | null;
  readonly disagreement: number;
  readonly millisecondsPerPicture: number;
  /** Ensemble accuracy of the first 1…n members that are on, in the order shown. */
  readonly staircase: readonly { readonly name: string; readonly accuracy: Accuracy; readonly gain: number | null }[];
  /** Subsets evaluated (all up to ten members, else prefixes, single ones and all but one), and whether each lies on the Pareto line. */
  readonly subsets: readonly {
    readonly members: readonly string[];
    readonly millisecondsPerPicture: number;
    readonly accuracy: number;
    readonly pareto: boolean;
    readonly chosen: boolean;
  }[];
  /** Share of pictures with the same answer, [members, members]. */
  readonly agreement: readonly (readonly number[])[];
  /** Rows: true class; columns: predicted class; pictures. */
  readonly confusion: readonly (readonly number[])[];
  readonly perClass: readonly ClassFigures[];
  readonly worst: readonly JudgedPicture[];
  /** Members that Try it and Export use. */
  readonly fixed: readonly ChosenMember[];
  readonly seal: TestSeal | null;
  /** Pictures set aside for the test; 0 where there is none. */
  readonly testPictures: number;
}

/** The one look at the test set. */
export const sealSchema = v.object({
  accuracy: accuracySchema,
  members: v.array(chosenMemberSchema),
  /** Null where the test part was opened before there were any. */
  figures: v.nullable(figuresSchema),
  /** On the test part alone. */
  verdicts: v.array(verdictSchema),
  /** Milliseconds since 1970. */
  openedAt: v.number(),
});
export type TestSeal = Immutable<v.InferOutput<typeof sealSchema>>;

export interface GreedySelection {
  readonly steps: readonly { readonly name: string; readonly accuracy: number }[];
  readonly members: readonly ChosenMember[];
}

/** One picture answered by an ensemble and each of its members. */
export interface PictureAnswer {
  /** As given, or a made-up name for a pasted one. */
  readonly path: string;
  readonly label: string;
  readonly probability: number;
  /** One for each class, in the order of `classes`. */
  readonly probabilities: readonly number[];
  readonly members: readonly { readonly name: string; readonly probabilities: readonly number[] }[];
  /** What the network saw of it, in the picture's pixels. */
  readonly crop: { readonly left: number; readonly top: number; readonly width: number; readonly height: number };
  readonly width: number;
  readonly height: number;
  readonly milliseconds: number;
}

export interface ClassifyReport {
  readonly classes: readonly string[];
  readonly answer: PictureAnswer;
}
