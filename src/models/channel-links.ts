/** A channel of some node's output, by a number that means it all through one network. */
export type Channel = number;
export type Channels = readonly Channel[];

/** What an op says of the channels around it. */
export interface ChannelLinks {
  /** Channels that begin here: each could be removed alone. */
  fresh(count: number): Channels;
  /** Can only be removed together. */
  tie(a: Channel, b: Channel): void;
  /** Can never be removed. */
  lock(channels: Channels): void;
  /** Entry i of torch's axis `axis` of a parameter serves `channels[i]` and goes with it. */
  serves(param: string, axis: number, channels: Channels): void;
}

/** Ties every channel of each list to the one at its place in the first, and gives the first. */
export function tieAll(lists: readonly Channels[], links: ChannelLinks): Channels {
  const [first, ...rest] = lists;
  for (const list of rest) list.forEach((channel, i) => links.tie(first![i]!, channel));
  return first!;
}
