import { adamw } from './adamw.ts';
import { momentum } from './momentum.ts';
import { nesterov } from './nesterov.ts';
import type { Optimizer } from './optimizer.ts';
import { sgd } from './sgd.ts';
import type { OptimizerName, SlotKind } from '../settings/slot-kinds.ts';

/** Every update rule by the name that a configuration gives it. */
const optimizers: { readonly [Name in OptimizerName]: Optimizer<SlotKind<Name>> } = { sgd, momentum, nesterov, adamw };

/** The update rule of a name. */
export function optimizerNamed(name: OptimizerName): Optimizer {
  return optimizers[name];
}
