import { statfs } from 'node:fs/promises';
import { freemem } from 'node:os';
import { readFile } from 'node:fs/promises';
import type { CostEstimate } from '../../protocol/train-plan.ts';
import type { Speeds } from './speeds.ts';
import type { WorkOfRun } from './work-of-run.ts';

export interface FreeSpace {
  readonly memoryBytes: number;
  readonly diskBytes: number;
}

/** Starting the process, loading the runtime, tracing what is run. */
const startSeconds = 4;
const tracingSeconds = 4;

/** What can still be used: of memory, what the system would give without swapping; of disk, at `folder`. */
export async function freeSpace(folder: string): Promise<FreeSpace> {
  const [memoryBytes, disk] = await Promise.all([availableMemory(), statfs(folder).catch(() => null)]);
  return { memoryBytes, diskBytes: disk ? disk.bavail * disk.bsize : 0 };
}

/** Linux counts file caches as used; what it would give back at once stands in meminfo. */
async function availableMemory(): Promise<number> {
  const text = await readFile('/proc/meminfo', 'utf8').catch(() => '');
  const kilobytes = /^MemAvailable:\s+(\d+) kB/m.exec(text)?.[1];
  return kilobytes === undefined ? freemem() : Number(kilobytes) * 1024;
}

export function estimateCost(
  { work, memoryBytes, diskBytes, plan }: WorkOfRun,
  speeds: Speeds,
  free: FreeSpace,
): CostEstimate {
  let seconds: number | null = startSeconds + (plan ? tracingSeconds : 0);
  let measured = true;
  for (const part of work) {
    const speed = speeds.of(part);
    seconds = speed === null || seconds === null ? null : seconds + part.amount / speed.perSecond;
    // Decoding and heads depend little on the network; what counts is whether this network was seen at work.
    if ((part.kind === 'forward' || part.kind === 'training') && !speed?.measured) measured = false;
  }
  return {
    seconds,
    memoryBytes: Math.round(memoryBytes * speeds.memoryFactor),
    freeMemoryBytes: free.memoryBytes,
    diskBytes: Math.round(diskBytes),
    freeDiskBytes: free.diskBytes,
    basis: measured && seconds !== null ? 'measured' : 'estimated',
  };
}
