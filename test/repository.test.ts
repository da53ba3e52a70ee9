import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { repositoryRoot } from './support/source-imports.ts';

// Written in pieces, so that this file does not name what it looks for.
const registryHosts = [
  ['registry', 'npmjs', 'org'],
  ['registry', 'yarnpkg', 'com'],
  ['registry', 'npmmirror', 'com'],
  ['pypi', 'org'],
  ['pythonhosted', 'org'],
].map((parts) => parts.join('.'));

/** Folders of one computer: `/root/…`, `/work/…`, `/home/NAME/…`, `/Users/NAME/…`, `C:\Users\…`. */
const machinePath = /(?<![\w.>~)\]}*-])\/(root|work|(home|Users)\/\w+)\/\w|[A-Z]:\\Users\\\w/;

const files = listFiles();

describe('repository', () => {
  it.skipIf(files === null)('names no registry host in any file', () => {
    expect(
      texts()
        .filter(({ text }) => registryHosts.some((host) => text.includes(host)))
        .map(({ path }) => path),
    ).toEqual([]);
  });

  it.skipIf(files === null)('names no path of one computer in any file', () => {
    const found = texts().flatMap(({ path, text }) => {
      const match = machinePath.exec(text);
      return match ? [`${path}: ${text.slice(match.index, match.index + 40).split('\n')[0]}`] : [];
    });
    expect(found).toEqual([]);
  });

  it('has no addresses in the lock file, so that each computer takes packages from its own registry', () => {
    expect(readFileSync(join(repositoryRoot, 'package-lock.json'), 'utf8')).not.toContain('"resolved"');
  });

  it('pins every dependency to one version', () => {
    const manifest = JSON.parse(readFileSync(join(repositoryRoot, 'package.json'), 'utf8')) as Record<string, unknown>;
    const kinds = ['dependencies', 'devDependencies', 'optionalDependencies'].map((kind) => manifest[kind] ?? {});
    const versions = kinds.flatMap((kind) => Object.entries(kind as Record<string, string>));
    expect(versions.filter(([, version]) => !/^(npm:[\w-]+@)?\d+\.\d+\.\d+$/.test(version))).toEqual([]);
  });
});

/** Files that git knows or would take; null outside a git checkout. */
function listFiles(): string[] | null {
  try {
    const args = ['ls-files', '-z', '--cached', '--others', '--exclude-standard'];
    const names = execFileSync('git', args, {
      cwd: repositoryRoot,
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'ignore'],
    });
    return names.split('\0').filter((name) => name !== '');
  } catch {
    return null;
  }
}

/** Text files alone: a zero byte marks the others. */
function texts(): { path: string; text: string }[] {
  return files!.flatMap((path) => {
    try {
      const bytes = readFileSync(join(repositoryRoot, path));
      return bytes.includes(0) ? [] : [{ path, text: bytes.toString('utf8') }];
    } catch {
      return []; // deleted, or a temporary file of another test
    }
  });
}
