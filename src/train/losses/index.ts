import { crossEntropy } from './cross-entropy.ts';
import type { Loss } from './loss.ts';

/** Every loss by its name. */
export const losses = { crossEntropy } as const satisfies Record<string, Loss>;
