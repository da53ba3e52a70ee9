import { describe, expect, it } from 'vitest';
import { NewestFirst } from '../../../src/engine/media/newest-first.ts';

/** Work that ends when it is told to, and notes in which order it began. */
function works() {
  const begun: string[] = [];
  const ends = new Map<string, () => void>();
  const work = (name: string) => (): Promise<string> => {
    begun.push(name);
    return new Promise((resolve) => ends.set(name, () => resolve(name)));
  };
  return { begun, work, end: (name: string) => ends.get(name)!() };
}

const soon = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

describe('work of which the newest is wanted most', () => {
  it('begins with the newest that waits, no more at once than allowed', async () => {
    const { begun, work, end } = works();
    const queue = new NewestFirst(2);
    const all = ['a', 'b', 'c', 'd', 'e'].map((name) => queue.run(work(name)));
    await soon();
    expect(begun).toEqual(['a', 'b']);
    for (const name of ['a', 'b', 'e', 'd', 'c']) {
      end(name);
      await soon();
    }
    expect(begun).toEqual(['a', 'b', 'e', 'd', 'c']);
    expect(await Promise.all(all)).toEqual(['a', 'b', 'c', 'd', 'e']);
  });

  it('drops what nobody waits for, and goes on after a failure', async () => {
    const { begun, work, end } = works();
    const queue = new NewestFirst(1);
    const failing = queue.run(() => Promise.reject(new Error('broken')));
    const abort = new AbortController();
    const dropped = queue.run(work('dropped'), abort.signal);
    const kept = queue.run(work('kept'));
    abort.abort(new Error('gone'));
    await expect(dropped).rejects.toThrow('gone');
    await expect(failing).rejects.toThrow('broken');
    await soon();
    expect(begun).toEqual(['kept']);
    end('kept');
    expect(await kept).toBe('kept');
    await expect(queue.run(work('late'), abort.signal)).rejects.toThrow('gone');
  });
});
