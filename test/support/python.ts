import { execFile, execFileSync } from 'node:child_process';
import { promisify } from 'node:util';

/** The Python to compare with: ANNEAL_PYTHON, else the one on the path. */
const python = process.env['ANNEAL_PYTHON'] ?? 'python3';

/** True where that Python can import every module: else tests that need it skip, visibly. */
export function pythonHas(...modules: string[]): boolean {
  try {
    execFileSync(python, ['-c', `import ${modules.join(', ')}`], { stdio: 'ignore', timeout: 120_000 });
    return true;
  } catch {
    return false;
  }
}

/** Runs a program text; gives its stdout. */
export async function runPython(code: string, args: readonly string[] = []): Promise<string> {
  const { stdout } = await promisify(execFile)(python, ['-c', code, ...args], { timeout: 300_000 });
  return stdout;
}
