/**
 * Which channels of a network can only be removed together: through sums, products, concatenations, depthwise and grouped convolutions
 * (Liu et al. 2021, arXiv 2108.00708; Fang et al. 2023, arXiv 2301.12900, call them coupled channels and dependency groups).
 */
import type { Channel, ChannelLinks, Channels } from './channel-links.ts';
import type { NetSpec } from './net-spec.ts';
import { opOf } from './op-table.ts';
import { outputShapes, paramShapes } from './shapes.ts';

/** Where one set of coupled channels lives. */
export interface CoupledChannels {
  /** Indices into the channels of each node's output that has some of them. */
  readonly nodes: ReadonlyMap<string, readonly number[]>;
  /** Entries of parameters that serve them and go with them. */
  readonly params: readonly { readonly param: string; readonly axis: number; readonly indices: readonly number[] }[];
}

/**
 * Every set of channels that can be removed, smallest possible: with all its entries of parameters at zero the network computes
 * what it computes without them. The channels of the picture and of the head are in none.
 */
export function couplings(spec: NetSpec): CoupledChannels[] {
  const links = new Links();
  const shapes = outputShapes(spec);
  const param = paramShapes(spec);
  const channels = new Map<string, Channels>();
  for (const node of spec.nodes) {
    const inputs = node.inputs.map((name) => channels.get(name)!);
    const around = { inputs: node.inputs.map((name) => shapes.get(name)!), output: shapes.get(node.name)!, param };
    channels.set(node.name, opOf(node).couplings(node, inputs, links, around));
  }
  links.lock(channels.get(spec.head)!);
  return links.sets(channels);
}

interface MutableSet {
  readonly nodes: Map<string, number[]>;
  readonly params: Map<string, { param: string; axis: number; indices: number[] }>;
}

/** Union-find over channels. */
class Links implements ChannelLinks {
  readonly #parents: number[] = [];
  readonly #locked: Channel[] = [];
  readonly #served: { readonly param: string; readonly axis: number; readonly channels: Channels }[] = [];

  fresh(count: number): Channels {
    return Array.from({ length: count }, () => this.#parents.push(this.#parents.length) - 1);
  }

  tie(a: Channel, b: Channel): void {
    const [first, second] = [this.#root(a), this.#root(b)];
    this.#parents[Math.max(first, second)] = Math.min(first, second);
  }

  lock(channels: Channels): void {
    this.#locked.push(...channels);
  }

  serves(param: string, axis: number, channels: Channels): void {
    this.#served.push({ param, axis, channels });
  }

  sets(byNode: ReadonlyMap<string, Channels>): CoupledChannels[] {
    const locked = new Set(this.#locked.map((channel) => this.#root(channel)));
    const sets = new Map<number, MutableSet>();
    const add = (channel: Channel, put: (set: MutableSet) => void): void => {
      const root = this.#root(channel);
      if (locked.has(root)) return;
      const set = sets.get(root) ?? { nodes: new Map(), params: new Map() };
      sets.set(root, set);
      put(set);
    };
    for (const [node, channels] of byNode) {
      channels.forEach((channel, index) =>
        add(channel, ({ nodes }) => {
          const indices = nodes.get(node) ?? [];
          indices.push(index);
          nodes.set(node, indices);
        }),
      );
    }
    for (const { param, axis, channels } of this.#served) {
      channels.forEach((channel, index) =>
        add(channel, ({ params }) => {
          const entry = params.get(`${param} ${axis}`) ?? { param, axis, indices: [] };
          entry.indices.push(index);
          params.set(`${param} ${axis}`, entry);
        }),
      );
    }
    return [...sets.values()].map(({ nodes, params }) => ({ nodes, params: [...params.values()] }));
  }

  #root(channel: Channel): Channel {
    let root = channel;
    while (this.#parents[root] !== root) root = this.#parents[root]!;
    for (let at = channel; at !== root;) {
      const next = this.#parents[at]!;
      this.#parents[at] = root;
      at = next;
    }
    return root;
  }
}
