import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { cacheFolder } from '../../../build/setup/cache-folder.ts';

describe('cacheFolder', () => {
  it('is what ANNEAL_CACHE says on every platform', () => {
    for (const platform of ['linux', 'darwin', 'win32'] as const) {
      expect(cacheFolder({ ANNEAL_CACHE: 'elsewhere', XDG_CACHE_HOME: 'x', LOCALAPPDATA: 'y' }, platform)).toBe(
        'elsewhere',
      );
    }
  });

  it('is in the folder that the platform keeps for caches', () => {
    expect(cacheFolder({ XDG_CACHE_HOME: 'x' }, 'linux')).toBe(join('x', 'anneal'));
    expect(cacheFolder({ XDG_CACHE_HOME: '' }, 'linux')).toMatch(/\.cache.anneal$/);
    expect(cacheFolder({}, 'darwin')).toMatch(/Library.Caches.anneal$/);
    expect(cacheFolder({ LOCALAPPDATA: 'local' }, 'win32')).toBe(join('local', 'anneal', 'Cache'));
  });
});
