import * as v from 'valibot';
import type { Preprocessing } from '../protocol/preprocessing.ts';
import type { NetSpec } from './net-spec.ts';
import { countSchema as count, nameSchema as name, sizeSchema as size } from './op-definition.ts';
import { nodeSchema } from './op-table.ts';
import type { ParamSpec } from './param-spec.ts';

const rgb = v.tuple([v.number(), v.number(), v.number()]);

export const preprocessingSchema = v.object({
  inputSize: v.pipe(size, v.maxValue(4096)),
  cropFraction: v.pipe(v.number(), v.gtValue(0), v.maxValue(1)),
  interpolation: v.picklist(['bilinear', 'bicubic']),
  mean: rgb,
  std: rgb,
}) satisfies v.GenericSchema<unknown, Preprocessing>;

const axis = v.nullable(v.pipe(count, v.maxValue(7)));
const init = v.variant('kind', [
  v.object({ kind: v.literal('convolution'), groups: size }),
  v.object({ kind: v.literal('linear') }),
  v.object({ kind: v.literal('constant'), value: v.number() }),
  v.object({ kind: v.literal('normal'), deviation: v.number() }),
]);

const paramSchema = v.pipe(
  v.object({
    name,
    shape: v.pipe(v.array(count), v.maxLength(8)),
    axes: v.array(count),
    outAxis: axis,
    inAxis: axis,
    init,
    trains: v.boolean(),
    decays: v.boolean(),
  }),
  v.check(
    ({ shape, axes }) => shape.length === axes.length && shape.every((_, i) => axes.includes(i)),
    'axes must name every axis of the shape once',
  ),
) satisfies v.GenericSchema<unknown, ParamSpec>;

/** A network as models and bundles hold it. */
export const netSpecSchema = v.object({
  architecture: name,
  nodes: v.pipe(v.array(nodeSchema), v.minLength(1), v.maxLength(10_000)),
  params: v.pipe(v.array(paramSchema), v.maxLength(20_000)),
  groups: v.array(v.object({ name, nodes: v.array(name) })),
  feature: name,
  featureSize: size,
  head: name,
  classes: size,
  preprocessing: preprocessingSchema,
}) satisfies v.GenericSchema<unknown, NetSpec>;
