import { pairOf, type Sides } from '../base/sides.ts';
import type { Preprocessing } from '../protocol/preprocessing.ts';
import { torchvisionPreprocessing } from './imagenet-preprocessing.ts';
import type { LayerGroup, NetSpec, NodeSpec } from './net-spec.ts';
import type { OutputShape } from './op-definition.ts';
import { opOf, type NodeOf } from './op-table.ts';
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
import type { Padding } from './window.ts';

export interface ConvOptions {
  readonly kernel: Sides;
  readonly stride?: Sides;
  /** Default: torch's `kernel // 2`, which keeps the size at stride 1. */
  readonly padding?: Padding;
  readonly dilation?: Sides;
  readonly groups?: number;
  readonly bias?: boolean;
}

export interface NormOptions {
  readonly epsilon: number;
  readonly momentum: number;
}

/** torch.nn.BatchNorm2d's defaults. */
export const torchNorm: NormOptions = { epsilon: 1e-5, momentum: 0.1 };

type Activation = 'relu' | 'relu6' | 'hardSwish' | 'sigmoid';

/**
 * Writes a NetSpec node by node. Every method takes torch's module path and the name of the node it reads, and returns
 * the new node's name, so an architecture's file reads like its `forward`. Shapes follow from the inputs.
 */
export class NetBuilder {
  readonly #nodes: NodeSpec[] = [];
  readonly #params: ParamSpec[] = [];
  readonly #groups: { name: string; nodes: string[] }[] = [];
  readonly #shapes = new Map<string, OutputShape>();
  readonly #preprocessing: Preprocessing;

  constructor(preprocessing: Preprocessing = torchvisionPreprocessing) {
    this.#preprocessing = preprocessing;
  }

  /** Nodes added from now on belong to this layer group. */
  group(name: string): void {
    this.#groups.push({ name, nodes: [] });
  }

  /** @param shape default: a picture of the preprocessing's size */
  input(shape?: OutputShape): string {
    const { inputSize } = this.#preprocessing;
    return this.#append({ op: 'input', name: 'input', inputs: [] }, shape ?? [inputSize, inputSize, 3]);
  }

  /** Of a node's output for one picture. */
  shape(node: string): OutputShape {
    const shape = this.#shapes.get(node);
    if (!shape) throw new Error(`net builder: no node "${node}"`);
    return shape;
  }

  channels(node: string): number {
    return this.shape(node).at(-1)!;
  }

  /** Any node; its parameters must have been added with `param`. */
  node(node: NodeSpec): string {
    const shapes = node.inputs.map((input) => this.shape(input));
    const param = (name: string) => this.#params.find((candidate) => candidate.name === name)!.shape;
    return this.#append(node, opOf(node).shape(node, shapes, param));
  }

  param(param: ParamSpec): string {
    this.#params.push(param);
    return param.name;
  }

  conv(name: string, input: string, out: number, options: ConvOptions): string {
    const { kernel, stride = 1, dilation = 1, groups = 1 } = options;
    const [height, width] = pairOf(kernel);
    const padding = options.padding ?? (height === width ? height >> 1 : [height >> 1, width >> 1]);
    const shape = [out, this.channels(input) / groups, height, width];
    const weight = this.param(convolutionWeight(`${name}.weight`, shape, groups));
    const bias = options.bias ? this.param(biasParam(`${name}.bias`, out)) : null;
    const window = { kernelSize: kernel, stride, padding, dilation };
    return this.node({ op: 'conv2d', name, inputs: [input], weight, bias, ...window, groups });
  }

  /** One filter a channel. */
  depthwise(name: string, input: string, options: Omit<ConvOptions, 'groups'>): string {
    const channels = this.channels(input);
    return this.conv(name, input, channels, { ...options, groups: channels });
  }

  batchNorm(name: string, input: string, options: NormOptions = torchNorm): string {
    const channels = this.channels(input);
    return this.node({
      op: 'batchNorm',
      name,
      inputs: [input],
      scale: this.param(normScale(`${name}.weight`, channels)),
      shift: this.param(normShift(`${name}.bias`, channels)),
      runningMean: this.param(runningMean(`${name}.running_mean`, channels)),
      runningVariance: this.param(runningVariance(`${name}.running_var`, channels)),
      ...options,
    });
  }

  activation(op: Activation, name: string, input: string): string {
    return this.node({ op, name, inputs: [input] });
  }

  maxPool(name: string, input: string, window: Omit<NodeOf<'maxPool'>, 'op' | 'name' | 'inputs'>): string {
    return this.node({ op: 'maxPool', name, inputs: [input], ...window });
  }

  globalAveragePool(name: string, input: string, keepSides = false): string {
    return this.node({ op: 'globalAveragePool', name, inputs: [input], keepSides });
  }

  add(name: string, inputs: readonly [string, string]): string {
    return this.node({ op: 'add', name, inputs });
  }

  concat(name: string, inputs: readonly string[]): string {
    return this.node({ op: 'concat', name, inputs });
  }

  padShortcut(name: string, input: string, stride: number, channels: number): string {
    const missing = channels - this.channels(input);
    const channelsBefore = Math.floor(missing / 2);
    const channelsAfter = missing - channelsBefore;
    return this.node({ op: 'padShortcut', name, inputs: [input], stride, channelsBefore, channelsAfter });
  }

  dropout(name: string, input: string, rate: number): string {
    return this.node({ op: 'dropout', name, inputs: [input], rate });
  }

  linear(name: string, input: string, out: number, options: { readonly bias?: boolean } = {}): string {
    const weight = this.param(linearWeight(`${name}.weight`, out, this.channels(input)));
    const bias = (options.bias ?? true) ? this.param(biasParam(`${name}.bias`, out)) : null;
    return this.node({ op: 'linear', name, inputs: [input], weight, bias });
  }

  build(architecture: string, feature: string, head: string): NetSpec {
    return {
      architecture,
      nodes: this.#nodes,
      params: this.#params,
      groups: this.#groups satisfies LayerGroup[],
      feature,
      featureSize: this.channels(feature),
      head,
      classes: this.channels(head),
      preprocessing: this.#preprocessing,
    };
  }

  #append(node: NodeSpec, shape: OutputShape): string {
    const group = this.#groups.at(-1);
    if (!group) throw new Error('net builder: open a group first');
    group.nodes.push(node.name);
    this.#nodes.push(node);
    this.#shapes.set(node.name, shape);
    return node.name;
  }
}
