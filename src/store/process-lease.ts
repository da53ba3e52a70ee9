import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import * as v from 'valibot';
import type { Immutable } from '../base/immutable.ts';
import { storedKind } from '../stored/kind.ts';

/** Who works on a run: a process id alone is given again to others, with its start time it is not. */
const leaseSchema = v.object({ pid: v.number(), start: v.string() });
export type Lease = Immutable<v.InferOutput<typeof leaseSchema>>;

export const leaseKind = storedKind<Lease>('process', leaseSchema);

let leaseOfProcess: Lease | undefined;

export function ownLease(): Lease {
  leaseOfProcess ??= { pid: process.pid, start: startOf(process.pid) ?? 'unknown' };
  return leaseOfProcess;
}

/** Whether the process that took the lease still runs. In doubt yes: two trainers on one run would spoil it. */
export function isAlive(lease: Lease): boolean {
  if (!exists(lease.pid)) return false;
  const start = startOf(lease.pid);
  return start === null || lease.start === 'unknown' || start === lease.start;
}

function exists(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
}

/** Start time of a process as a text that is equal as long as it is the same process; null where it cannot be told. */
export function startOf(pid: number): string | null {
  try {
    if (process.platform === 'linux') return linuxStart(pid);
    if (process.platform === 'win32') return null;
    return (
      execFileSync('ps', ['-o', 'lstart=', '-p', String(pid)], {
        encoding: 'utf8',
        env: { ...process.env, LC_ALL: 'C' },
      }).trim() || null
    );
  } catch {
    return null;
  }
}

/** proc(5): field 22 of stat, clock ticks since boot; the name in field 2 may hold spaces and brackets. A zombie counts as dead. */
function linuxStart(pid: number): string {
  const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  if (fields[0] === 'Z' || fields[0] === 'X') return 'dead';
  const boot = readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim();
  return `${boot}:${fields[19]}`;
}
