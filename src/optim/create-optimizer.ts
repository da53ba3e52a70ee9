import type { TrainConfig } from '../protocol/train-config.ts';
import { adamw } from './adamw.ts';
import { momentum } from './momentum.ts';
import type { Optimizer } from './optimizer.ts';
import { sgd } from './sgd.ts';

export type { Optimizer } from './optimizer.ts';

/** The update rule that a configuration names. Weight decay is no part of it: it differs between parameters. */
export function createOptimizer(config: TrainConfig['optimizer']): Optimizer {
  switch (config.name) {
    case 'sgd':
      return sgd();
    case 'momentum':
      return momentum({ momentum: config.momentum, nesterov: false });
    case 'nesterov':
      return momentum({ momentum: config.momentum, nesterov: true });
    case 'adamw':
      return adamw(config);
  }
}
