/** What a tensor that a training keeps holds before its first step: zeros, the parameter's value, or a number everywhere. */
export type SlotStart = 'zero' | 'param' | number;

/**
 * The tensors that each optimizer keeps beside every parameter it moves, all of the parameter's shape, with their start. Without
 * TensorFlow, so that the planner counts the bytes that the trainer takes; the update rules stand in optim/.
 */
export const slotKinds = {
  sgd: {},
  momentum: { momentum: 'zero' },
  nesterov: { momentum: 'zero' },
  adamw: { mean: 'zero', meanSquare: 'zero' },
} as const satisfies Record<string, Readonly<Record<string, SlotStart>>>;

export type OptimizerName = keyof typeof slotKinds;
export type SlotKind<Name extends OptimizerName> = keyof (typeof slotKinds)[Name] & string;
