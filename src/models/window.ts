import * as v from 'valibot';
import { pairOf, type Sides } from '../base/sides.ts';
import { nodeFields, sizeSchema, countSchema, type OutputShape } from './op-definition.ts';
import { windowPositions } from './window-positions.ts';

/** Padding of a window op: torch's symmetric pixels, or TensorFlow's SAME (bottom and right get the odd pixel). */
export type Padding = Sides | 'same';

const sidesOf = (side: typeof sizeSchema | typeof countSchema) => v.union([side, v.tuple([side, side])]);
export const sidesSchema = sidesOf(sizeSchema);
/** Of a window that moves over a map. */
export const windowFields = {
  ...nodeFields,
  kernelSize: sidesSchema,
  stride: sidesSchema,
  padding: v.union([sidesOf(countSchema), v.literal('same')]),
};

/** Shape of a map after the window, with `channels`. */
export function windowShape(
  { kernelSize, stride, padding }: { kernelSize: Sides; stride: Sides; padding: Padding },
  input: OutputShape,
  channels: number,
  options: { readonly ceilMode?: boolean; readonly dilation?: Sides } = {},
): OutputShape {
  const [kernel, step, dilation] = [pairOf(kernelSize), pairOf(stride), pairOf(options.dilation ?? 1)];
  const positions = (axis: 0 | 1) =>
    windowPositions(
      input[axis]!,
      dilation[axis] * (kernel[axis] - 1) + 1,
      step[axis],
      padding === 'same' ? padding : pairOf(padding)[axis],
      options.ceilMode,
    );
  return [positions(0), positions(1), channels];
}
