import type { NetSpec } from './net-spec.ts';

export interface ArchitectureOptions {
  /** Outputs of the head; default: the number of classes of the published weights. */
  readonly classes?: number;
}

/** A network that can be built by name. */
export interface Architecture {
  /** torchvision's or timm's. */
  readonly name: string;
  /** The paper that describes it, to be cited. */
  readonly paper: string;
  /** The Python library that builds the same network under the same name; null: neither does. */
  readonly library: 'timm' | 'torchvision' | null;
  build(options: ArchitectureOptions): NetSpec;
}
