import type { EnsembleMember } from '../ensemble/ensemble-model.ts';
import type { Accuracy } from '../protocol/accuracy.ts';
import type { NetSpec } from '../models/net-spec.ts';
import type { HostTensor } from '../weights/host-tensor.ts';

/** What every regime ends with: members on disk, their weights in the average, and the honest estimate. */
export interface Trained {
  readonly backbone: string;
  readonly spec: NetSpec;
  /** Layers up to node `to` are common to all members. */
  readonly trunk: { readonly to: string; readonly tensors: Record<string, HostTensor> } | null;
  readonly members: readonly EnsembleMember[];
  readonly ensemble: Accuracy;
  /** Held-out pictures with the ensemble's probabilities, float32 [pictures, classes]. */
  readonly heldOut: { readonly pictures: readonly number[]; readonly probabilities: Float32Array };
  /** Probabilities of every member for further pictures, float32 [pictures, classes] each. */
  judge(pictures: readonly number[]): Promise<Float32Array[]>;
  dispose(): Promise<void>;
}
