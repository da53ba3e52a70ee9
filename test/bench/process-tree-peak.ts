import { readFileSync } from 'node:fs';

const sampleEveryMs = 50;
const pageBytes = 4096;

/** Samples a process with its descendants. Linux only: elsewhere the peak stays 0. */
export interface TreeSampler {
  /** Largest sum of the resident sets seen so far, bytes. Pages that processes share count in each of them. */
  readonly peakBytes: () => number;
  stop(): void;
}

/** Watches from now on; `onSample` gets the sum of each sample. */
export function watchTree(pid: number, onSample?: (bytes: number) => void): TreeSampler {
  let peak = 0;
  const sample = (): void => {
    let bytes = 0;
    for (const member of descendants(pid)) bytes += residentBytes(member);
    peak = Math.max(peak, bytes);
    onSample?.(bytes);
  };
  const timer = setInterval(sample, sampleEveryMs);
  timer.unref();
  sample();
  return { peakBytes: () => peak, stop: () => clearInterval(timer) };
}

/** The process and all below it; node and Python both fork from their main thread. */
function descendants(pid: number): number[] {
  const found = [pid];
  for (let i = 0; i < found.length; i++) {
    const children = readOrEmpty(`/proc/${found[i]}/task/${found[i]}/children`);
    found.push(...children.split(' ').filter(Boolean).map(Number));
  }
  return found;
}

function residentBytes(pid: number): number {
  return Number(readOrEmpty(`/proc/${pid}/statm`).split(' ')[1] ?? 0) * pageBytes;
}

/** A process may end between two looks. */
function readOrEmpty(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return '';
  }
}
