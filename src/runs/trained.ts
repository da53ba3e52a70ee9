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
  /** Held-out pictures with the ensemble's probabilities, float32 [pictures, classes]. */
  readonly heldOut: { readonly pictures: readonly DatasetIndex[]; readonly probabilities: Float32Array };
  /** Probabilities of every member for further pictures, float32 [pictures, classes] each. */
  predict(pictures: readonly DatasetIndex[]): Promise<Float32Array[]>;
  dispose(): Promise<void>;
}
