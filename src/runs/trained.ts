import type { NetSpec } from '../models/net-spec.ts';
import type { Accuracy } from '../protocol/accuracy.ts';
import type { DatasetIndex } from '../protocol/dataset.ts';
import type { HostTensor } from '../weights/host-tensor.ts';
import type { ListedMember } from '../stored/members.ts';

/** A member with its share of the average, relative to the others'; 0: kept, not averaged. */
export interface TrainedMember extends ListedMember {
  readonly weight: number;
}

/** What every regime ends with: members on disk, their weights in the average, and the honest estimate. */
export interface Trained {
  readonly backbone: string;
  readonly spec: NetSpec;
  /** Layers up to node `to` are common to all members. */
  readonly trunk: { readonly to: string; readonly tensors: Record<string, HostTensor> } | null;
  readonly members: readonly TrainedMember[];
  readonly ensemble: Accuracy;
  /** Pictures that members were trained on, and that were held out of all training. */
  readonly parts: { readonly train: number; readonly validation: number };
  /** Of members that were never calibrated. */
  readonly heldOut: {
    readonly pictures: readonly DatasetIndex[];
    /** Of the ensemble, float32 [pictures, classes]. */
    readonly probabilities: Float32Array;
    /** Of each member, in the order of `members`; null where each judged other pictures: then `probabilities` are those of single members. */
    readonly judged: readonly Float32Array[] | null;
  };
  /** Probabilities of every member for further pictures, float32 [pictures, classes] each. */
  predict(pictures: readonly DatasetIndex[]): Promise<Float32Array[]>;
  dispose(): Promise<void>;
}
