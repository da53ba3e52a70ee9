import { AnnealError } from '../../src/base/errors.ts';
import { runProcess } from './run-process.ts';

/** The name of a Python on the path that has pip. Throws `setup.noPython` or `setup.noPip`. */
export async function findPython(platform: NodeJS.Platform = process.platform): Promise<string> {
  const names = platform === 'win32' ? ['py', 'python'] : ['python3', 'python'];
  const found: string[] = [];
  for (const name of names) {
    const version = await runProcess(name, ['-c', 'import sys; print(sys.version_info[0])']);
    if (version.code !== 0 || version.output.trim() !== '3') continue;
    found.push(name);
    if ((await runProcess(name, ['-m', 'pip', '--version'])).code === 0) return name;
  }
  if (found.length > 0) throw new AnnealError('setup.noPip', { python: found[0]! }, { kind: 'failure' });
  throw new AnnealError('setup.noPython', { tried: names }, { kind: 'failure' });
}
