import {
  biasParam,
  convolutionWeight,
  linearWeight,
  normScale,
  normShift,
  runningMean,
  runningVariance,
  type ParamSpec,
} from './param-spec.ts';

type Fields = Readonly<Record<string, unknown>>;

/** What the first form of a stored network said of a parameter, beside its name and shape, and what follows from it. */
const byRole: Readonly<Record<string, (name: string, shape: readonly number[]) => ParamSpec>> = {
  convWeight: (name, shape) => convolutionWeight(name, shape, 1),
  depthwiseWeight: (name, shape) => convolutionWeight(name, shape, shape[0]!),
  linearWeight: (name, [out, inputs]) => linearWeight(name, out!, inputs!),
  bias: (name, [channels]) => biasParam(name, channels!),
  normScale: (name, [channels]) => normScale(name, channels!),
  normShift: (name, [channels]) => normShift(name, channels!),
  runningMean: (name, [channels]) => runningMean(name, channels!),
  runningVariance: (name, [channels]) => runningVariance(name, channels!),
};

/**
 * A stored network of the first form (`role` of a parameter, `depthwise` of a convolution) as the second has it. What does not look
 * like one comes back as it is: the schema says what is wrong with it.
 */
export function upgradeSpec(raw: unknown): unknown {
  if (!isFields(raw) || !Array.isArray(raw['nodes']) || !Array.isArray(raw['params'])) return raw;
  const params = raw['params'].map(upgradeParam);
  const channels = new Map(params.flatMap((param) => (isParam(param) ? [[param.name, param.shape[0]]] : [])));
  return { ...raw, params, nodes: raw['nodes'].map((node: unknown) => upgradeNode(node, channels)) };
}

function upgradeParam(raw: unknown): unknown {
  return isParam(raw) && typeof raw.role === 'string' ? (byRole[raw.role]?.(raw.name, raw.shape) ?? raw) : raw;
}

function upgradeNode(raw: unknown, channels: ReadonlyMap<unknown, unknown>): unknown {
  if (!isFields(raw)) return raw;
  if (raw['op'] === 'globalAveragePool') return { ...raw, keepSides: false };
  if (raw['op'] !== 'conv2d') return raw;
  const { depthwise, ...rest } = raw;
  return { ...rest, dilation: 1, groups: depthwise === true ? channels.get(raw['weight']) : 1 };
}

const isFields = (raw: unknown): raw is Fields => typeof raw === 'object' && raw !== null;

function isParam(raw: unknown): raw is { name: string; shape: number[]; role?: unknown } {
  return isFields(raw) && typeof raw['name'] === 'string' && Array.isArray(raw['shape']);
}
