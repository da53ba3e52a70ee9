import type { ErrorData } from '../base/errors.ts';
import type { FieldProblem } from '../settings/declaration.ts';
import type { PlanRecord } from './plan-record.ts';
import type { PresetName } from '../settings/preset-names.ts';
import type { TrainConfig } from '../settings/train-config.ts';

/** One layer group of the chosen backbone, shallow to deep; the head is the last. */
export interface LayerGroupPlan {
  readonly name: string;
  /** Layers with parameters. */
  readonly layers: number;
  readonly parameters: number;
  readonly frozen: boolean;
  /** Factor on the learning rate; 0 when frozen. */
  readonly lrScale: number;
}

export interface CostEstimate {
  /** Null: nothing measured on this machine yet that it could follow from. */
  readonly seconds: number | null;
  readonly memoryBytes: number;
  readonly freeMemoryBytes: number;
  readonly diskBytes: number;
  readonly freeDiskBytes: number;
  /** 'measured': from steps or runs on this machine; 'estimated': from multiply-adds and the speed of another network here. */
  readonly basis: 'measured' | 'estimated';
}

/** What a run would do and cost, without starting it. */
export interface TrainPlan {
  /** Null where `problems` keep it from being made. */
  readonly config: TrainConfig | null;
  readonly problems: readonly FieldProblem[];
  readonly backbone: string;
  readonly inputSize: number;
  readonly layerGroups: readonly LayerGroupPlan[];
  /** First group that learns. */
  readonly freezeTo: number;
  readonly trainPictures: number;
  /** The training that counts; null where only heads are fitted. */
  readonly training: PlanRecord | null;
  readonly snapshots: number;
  readonly estimate: CostEstimate;
}

/** The wizard's proposal; `reasons` are words in messages/, two of them. */
export interface TrainProposal {
  readonly preset: PresetName;
  readonly backbone: string;
  readonly reasons: readonly ErrorData[];
  /** Every preset with what it would cost here and for what it is. */
  readonly presets: readonly {
    readonly preset: PresetName;
    readonly snapshots: number;
    readonly estimate: CostEstimate;
    readonly reason: ErrorData;
  }[];
}
