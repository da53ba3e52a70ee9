import type { Preprocessing } from '../protocol/preprocessing.ts';
import type { LayerGroup, NetSpec, NodeSpec, Padding, ParamRole, ParamSpec } from './net-spec.ts';

export interface ConvOptions {
  readonly kernel: number;
  readonly stride?: number;
  /** Default: torch's `kernel // 2`. */
  readonly padding?: Padding;
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
 * the new node's name, so an architecture's file reads like its `forward`. Channel counts follow from the inputs.
 */
export class NetBuilder {
  readonly #nodes: NodeSpec[] = [];
  readonly #params: ParamSpec[] = [];
  readonly #groups: { name: string; nodes: string[] }[] = [];
  readonly #channels = new Map<string, number>();

  /** Nodes added from now on belong to this layer group. */
  group(name: string): void {
    this.#groups.push({ name, nodes: [] });
  }

  input(channels = 3): string {
    return this.#add({ op: 'input', name: 'input', inputs: [] }, channels);
  }

  channels(node: string): number {
    const channels = this.#channels.get(node);
    if (channels === undefined) throw new Error(`net builder: no node "${node}"`);
    return channels;
  }

  conv(name: string, input: string, out: number, options: ConvOptions): string {
    this.#param(`${name}.weight`, 'convWeight', [out, this.channels(input), options.kernel, options.kernel]);
    return this.#convNode(name, input, out, options, false);
  }

  /** One filter a channel. */
  depthwise(name: string, input: string, options: ConvOptions): string {
    const channels = this.channels(input);
    this.#param(`${name}.weight`, 'depthwiseWeight', [channels, 1, options.kernel, options.kernel]);
    return this.#convNode(name, input, channels, options, true);
  }

  batchNorm(name: string, input: string, options: NormOptions = torchNorm): string {
    const channels = this.channels(input);
    const param = (suffix: string, role: ParamRole) => this.#param(`${name}.${suffix}`, role, [channels]);
    const scale = param('weight', 'normScale');
    const shift = param('bias', 'normShift');
    const runningMean = param('running_mean', 'runningMean');
    const runningVariance = param('running_var', 'runningVariance');
    return this.#add(
      { op: 'batchNorm', name, inputs: [input], scale, shift, runningMean, runningVariance, ...options },
      channels,
    );
  }

  activation(op: Activation, name: string, input: string): string {
    return this.#add({ op, name, inputs: [input] }, this.channels(input));
  }

  maxPool(name: string, input: string, kernelSize: number, stride: number, padding: Padding, ceilMode = false): string {
    return this.#add(
      { op: 'maxPool', name, inputs: [input], kernelSize, stride, padding, ceilMode },
      this.channels(input),
    );
  }

  globalAveragePool(name: string, input: string): string {
    return this.#add({ op: 'globalAveragePool', name, inputs: [input] }, this.channels(input));
  }

  add(name: string, inputs: readonly [string, string]): string {
    return this.#add({ op: 'add', name, inputs }, this.channels(inputs[0]));
  }

  concat(name: string, inputs: readonly string[]): string {
    return this.#add(
      { op: 'concat', name, inputs },
      inputs.reduce((sum, input) => sum + this.channels(input), 0),
    );
  }

  padShortcut(name: string, input: string, stride: number, channels: number): string {
    const missing = channels - this.channels(input);
    const channelsBefore = Math.floor(missing / 2);
    const node = { op: 'padShortcut', name, inputs: [input], stride, channelsBefore } as const;
    return this.#add({ ...node, channelsAfter: missing - channelsBefore }, channels);
  }

  dropout(name: string, input: string, rate: number): string {
    return this.#add({ op: 'dropout', name, inputs: [input], rate }, this.channels(input));
  }

  linear(name: string, input: string, out: number): string {
    const weight = this.#param(`${name}.weight`, 'linearWeight', [out, this.channels(input)]);
    const bias = this.#param(`${name}.bias`, 'bias', [out]);
    return this.#add({ op: 'linear', name, inputs: [input], weight, bias }, out);
  }

  build(architecture: string, feature: string, head: string, preprocessing: Preprocessing): NetSpec {
    return {
      architecture,
      nodes: this.#nodes,
      params: this.#params,
      groups: this.#groups satisfies LayerGroup[],
      feature,
      featureSize: this.channels(feature),
      head,
      classes: this.channels(head),
      preprocessing,
    };
  }

  #convNode(name: string, input: string, out: number, options: ConvOptions, depthwise: boolean): string {
    const { kernel, stride = 1, padding = Math.floor(kernel / 2) } = options;
    const bias = options.bias ? this.#param(`${name}.bias`, 'bias', [out]) : null;
    const weight = `${name}.weight`;
    return this.#add(
      { op: 'conv2d', name, inputs: [input], weight, bias, kernelSize: kernel, stride, padding, depthwise },
      out,
    );
  }

  #param(name: string, role: ParamRole, shape: readonly number[]): string {
    this.#params.push({ name, role, shape });
    return name;
  }

  #add(node: NodeSpec, channels: number): string {
    const group = this.#groups.at(-1);
    if (!group) throw new Error('net builder: open a group first');
    group.nodes.push(node.name);
    this.#nodes.push(node);
    this.#channels.set(node.name, channels);
    return node.name;
  }
}
