import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { Bench, BenchResult } from './bench.ts';

export interface BenchRunOptions {
  /** How often each side is timed. */
  readonly runs: number;
  /** The folder that holds the folders of pictures, or null where there is none. */
  readonly data: string | null;
  result(result: BenchResult): void;
  /** A sentence about a bench that is left out. */
  warn(sentence: string): void;
}

/** Runs one bench after another; one whose pictures are absent is left out with a sentence. Gives the exit code: 2 then, else 0. */
export async function runBenches(benches: readonly Bench[], options: BenchRunOptions): Promise<0 | 2> {
  let code: 0 | 2 = 0;
  for (const bench of benches) {
    const absent = absentPictures(bench, options.data);
    if (absent.length === 0) options.result(await bench.run(options.runs));
    else {
      code = 2;
      const where = options.data === null ? 'the shared data, which are not here' : options.data;
      options.warn(`${bench.name} is left out: it needs the pictures ${absent.join(', ')} of ${where}.`);
    }
  }
  return code;
}

function absentPictures({ pictures = [] }: Bench, data: string | null): readonly string[] {
  return data === null ? pictures : pictures.filter((name) => !existsSync(join(data, name)));
}
